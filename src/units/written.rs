//! What a clerk may type: full-width letters, raised figures and typographic signs.

/// The text trimmed, with full-width characters, raised figures and typographic signs in their plain form:
/// `１２０ ｋＷ·ｈ` becomes `120 kWh`, `m³` becomes `m3`, `−` becomes `-`.
#[must_use]
pub fn half_width(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' => plain.push(' '),
            '\u{ff01}'..='\u{ff5e}' => {
                plain.push(char::from_u32(character as u32 - 0xfee0).unwrap_or(character));
            }
            '²' => plain.push('2'),
            '³' => plain.push('3'),
            '㎡' => plain.push_str("m2"),
            '㎥' => plain.push_str("m3"),
            '㎏' => plain.push_str("kg"),
            '㎞' => plain.push_str("km"),
            '\u{2212}' | '\u{2013}' | '\u{2012}' => plain.push('-'),
            '\u{200b}' | '\u{feff}' => {}
            _ => plain.push(character),
        }
    }
    let trimmed = plain.trim();
    if trimmed.len() == plain.len() { plain } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_becomes_plain() {
        assert_eq!(half_width("　１２．５％ "), "12.5%");
        assert_eq!(half_width("m³"), "m3");
        assert_eq!(half_width("−5"), "-5");
        assert_eq!(half_width("吨／年"), "吨/年");
    }
}
