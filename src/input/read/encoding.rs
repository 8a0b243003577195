//! Bytes to text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// A program's file (a workbook, an archive, a picture, a database), not text.
    Binary,
    /// Neither UTF-8 nor GB18030.
    UnknownEncoding,
}

/// Beginnings of files that clerks rename or drop by mistake: zip and xlsx, old Office, PDF, gzip, PNG, JPEG.
const MAGIC: [&[u8]; 6] =
    [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff"];

/// Decodes the bytes of a table.
///
/// # Errors
/// When they are no text; see [`TextFault`].
pub fn decode(bytes: &[u8]) -> Result<String, TextFault> {
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(TextFault::Binary);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return decode_plain(rest);
    }
    for (mark, encoding) in [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
            return text.map(std::borrow::Cow::into_owned).ok_or(TextFault::UnknownEncoding);
        }
    }
    decode_plain(bytes)
}

fn decode_plain(bytes: &[u8]) -> Result<String, TextFault> {
    if bytes.contains(&0) {
        return Err(TextFault::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        // Random bytes often pass as GB18030; control characters and private use give them away.
        Some(text) if text.chars().any(is_no_text) => Err(TextFault::Binary),
        Some(text) => Ok(text.into_owned()),
        None => Err(TextFault::UnknownEncoding),
    }
}

fn is_no_text(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}') || (character.is_control() && !"\t\r\n".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_chinese_offices() {
        let text = "编号,名称\na,煤矸石\n";
        let (gb, _, _) = GB18030.encode(text);
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let bom = ["\u{feff}", text].concat();
        for bytes in [text.as_bytes(), bom.as_bytes(), &gb, &utf16, &big] {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_text_is_said() {
        assert_eq!(decode(b"PK\x03\x04rest"), Err(TextFault::Binary));
        assert_eq!(decode(b"a,b\0c"), Err(TextFault::Binary));
        assert_eq!(decode(b"a,\xff\xff\n"), Err(TextFault::UnknownEncoding));
        assert_eq!(decode(b""), Ok(String::new()));
    }
}
