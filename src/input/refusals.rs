//! What a disk says when it refuses, in both languages.

use crate::diagnostic::Diagnostic;
use std::io;

/// Puts the reason of a refusal into a finding, as `{name}_zh` and `{name}_en` of its text.
#[must_use]
pub fn told(finding: Diagnostic, names: [&'static str; 2], error: &io::Error) -> Diagnostic {
    let own = error.to_string();
    let [zh, en] = match error.kind() {
        io::ErrorKind::NotFound => ["没有这个文件或文件夹", "there is no such file or folder"],
        io::ErrorKind::NotADirectory => ["这不是文件夹", "this is no folder"],
        io::ErrorKind::IsADirectory => ["这是文件夹，不是文件", "this is a folder, no file"],
        io::ErrorKind::PermissionDenied => ["没有权限", "no permission"],
        io::ErrorKind::InvalidFilename => ["名称不能用，或者太长", "the name cannot be used, or is too long"],
        io::ErrorKind::ResourceBusy => ["正被别的程序占用", "another program holds it"],
        // What is rare is quoted: the system speaks its own language.
        _ => [own.as_str(), own.as_str()],
    };
    finding.with(names[0], zh).with(names[1], en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Language};

    #[test]
    fn common_refusals_are_told_in_both_languages_and_rare_ones_quoted() {
        let line = |error: io::Error, language| {
            let finding = Diagnostic::new(Code("E001")).with("found", "x");
            told(finding, ["error_zh", "error_en"], &error).message(language)
        };
        let gone = || io::Error::from(io::ErrorKind::NotFound);
        assert_eq!(line(gone(), Language::Zh), "打不开文件夹“x”：没有这个文件或文件夹");
        assert_eq!(line(gone(), Language::En), "cannot open the folder “x”: there is no such file or folder");
        assert_eq!(line(io::Error::other("disk on fire"), Language::Zh), "打不开文件夹“x”：disk on fire");
    }
}
