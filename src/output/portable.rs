//! File names that every system takes.

use super::publish::hex;
use sha2::{Digest, Sha256};

/// Names of devices, which no file of Windows may have, with or without an ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Greatest length of a name in bytes: within the 255 of common file systems, with room for endings, and short enough
/// for paths of 260 characters in a folder of ordinary depth.
const LONGEST: usize = 120;

/// Whether a name is a plain file name on every system.
#[must_use]
pub fn is_portable(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default().trim_end();
    let numbered = ["com", "lpt"].iter().any(|device| {
        let number = stem.strip_prefix(device).map(|rest| rest.chars().collect::<Vec<char>>());
        matches!(number.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    });
    !name.is_empty()
        && name.len() <= LONGEST
        && !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
        && !name.chars().any(is_refused)
        && !DEVICES.contains(&stem)
        && !numbered
}

fn is_refused(sign: char) -> bool {
    sign.is_control() || "/\\:*?\"<>|".contains(sign)
}

/// A file name as near to `name` as every system takes: signs that may not stand in one become `_`, and a few signs of
/// its digest keep names apart that would be the same then. A name that is portable stays as it is.
#[must_use]
pub fn portable(name: &str) -> String {
    if is_portable(name) {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending))
            if (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            (stem, format!(".{ending}"))
        }
        _ => (name, String::new()),
    };
    let plain: String =
        stem.chars().map(|sign| if is_refused(sign) || sign == '.' { '_' } else { sign }).collect();
    let mut plain = plain.trim().to_owned();
    while plain.len() > LONGEST - 20 {
        plain.pop();
    }
    let digest = hex(&Sha256::digest(name.as_bytes()));
    format!("_{plain}_{}{ending}", &digest[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_every_system_takes_stay() {
        for name in ["coal-city", "煤城", "a.b", "com10", "park-甲区.svg", "console", "nulla.csv", "a b.csv"]
        {
            assert!(is_portable(name), "{name}");
            assert_eq!(portable(name), name);
        }
    }

    #[test]
    fn reserved_names_and_signs_are_made_portable_and_stay_apart() {
        let long = "园".repeat(200);
        let names = [
            "", ".", "..", "a/b", "a\\b", "a:b", "a*b", "a?b", "a\"b", "<a>", "a|b", "con", "CON", "nul.txt",
            "COM1", "lpt9.csv", "com¹", "conin$", "aux .svg", "a.", "a ", " a", ".hidden", "a\u{7}b",
            "x:y.svg", &long,
        ];
        let mut seen = std::collections::BTreeSet::new();
        for name in names {
            assert!(!is_portable(name), "{name:?}");
            let made = portable(name);
            assert!(is_portable(&made), "{name:?} → {made:?}");
            assert!(seen.insert(made.to_lowercase()), "{name:?} → {made:?} stands twice");
        }
        assert!(portable("x:y.svg").ends_with(".svg"));
    }
}
