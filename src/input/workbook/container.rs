//! The file around a workbook: what must be known before anything in it is unpacked.

use crate::diagnostic::{Code, Diagnostic};
use std::io::{Cursor, Read, copy, sink};
use zip::ZipArchive;

/// Most bytes that a workbook may unpack to.
const LARGEST: u64 = 512 * 1024 * 1024;
/// No deflated byte unpacks to more than so many.
const MOST_PER_BYTE: u64 = 1032;
/// How old Office files begin, and those that a password protects.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// The part of a compound file that holds an encrypted workbook.
const ENCRYPTED: &str = "EncryptedPackage";

/// Why a file is not read as a workbook.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A password protects it.
    Protected,
    /// An older or other kind of workbook.
    OtherFormat,
    /// It cannot be unpacked.
    Damaged(String),
    /// It would unpack to more than is believed.
    TooLarge,
}

impl Refusal {
    /// The finding that says so.
    pub(super) fn told(self) -> Diagnostic {
        match self {
            Self::Protected => Diagnostic::new(Code("E021")),
            Self::OtherFormat => Diagnostic::new(Code("E022")),
            Self::Damaged(error) => Diagnostic::new(Code("E023")).with("error", error),
            Self::TooLarge => {
                Diagnostic::new(Code("E024")).with("limit", (LARGEST / (1024 * 1024)).to_string())
            }
        }
    }
}

/// The text of a small part of a workbook, if it is there.
pub(super) fn part(bytes: &[u8], name: &str) -> Option<String> {
    const LONGEST: u64 = 64 * 1024;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(name).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Checks the file around a workbook without trusting what it says of itself.
///
/// # Errors
/// When it is protected, of another kind, damaged or unpacks to too much.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.starts_with(COMPOUND) {
        let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let protected = bytes.windows(name.len()).any(|window| window == name);
        return Err(if protected { Refusal::Protected } else { Refusal::OtherFormat });
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| Refusal::Damaged(error.to_string()))?;
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return Err(Refusal::OtherFormat);
    }
    let mut packed = 0;
    let mut declared = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|error| Refusal::Damaged(error.to_string()))?;
        packed += part.compressed_size();
        declared += part.size();
    }
    if declared > LARGEST {
        return Err(Refusal::TooLarge);
    }
    if packed.saturating_mul(MOST_PER_BYTE) > LARGEST { count(&mut archive) } else { Ok(()) }
}

/// Unpacks all parts to nowhere, up to the limit: the sizes that an archive declares need not be true.
fn count(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Refusal> {
    let mut left = LARGEST;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| Refusal::Damaged(error.to_string()))?;
        let unpacked = copy(&mut part.take(left + 1), &mut sink());
        let unpacked = unpacked.map_err(|error| Refusal::Damaged(error.to_string()))?;
        left = left.checked_sub(unpacked).ok_or(Refusal::TooLarge)?;
    }
    Ok(())
}

/// Whether an archive holds a part of this name.
pub(super) fn holds(bytes: &[u8], part: &str) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|archive| archive.index_for_name(part).is_some())
}
