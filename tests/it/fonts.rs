//! Fonts for PNG: a file that is none, a face without Chinese, and what is told of them.

use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, words: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_circflow");
    Command::new(program).args(words).current_dir(folder).output().unwrap()
}

/// A folder with the minimal model in `park` and a font file.
fn with_font(bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["new", "park", "--minimal", "--quiet"]).status.success());
    std::fs::write(folder.path().join("face.ttf"), bytes).unwrap();
    folder
}

/// A TrueType file of one empty glyph that stands for every character: the tables without which no face is one.
fn empty_face() -> Vec<u8> {
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&[0x5f, 0x0f, 0x3c, 0xf5]);
    head[18..20].copy_from_slice(&1000_u16.to_be_bytes());
    let mut hhea = vec![0; 36];
    hhea[..4].copy_from_slice(&[0, 1, 0, 0]);
    hhea[4..6].copy_from_slice(&800_i16.to_be_bytes());
    hhea[6..8].copy_from_slice(&(-200_i16).to_be_bytes());
    hhea[34..].copy_from_slice(&[0, 1]);
    let hmtx = vec![0x01, 0xf4, 0, 0];
    let maxp = vec![0, 0, 0x50, 0, 0, 1];
    let tables = [(*b"head", head), (*b"hhea", hhea), (*b"hmtx", hmtx), (*b"maxp", maxp)];
    let mut bytes = vec![0, 1, 0, 0, 0, 4, 0, 64, 0, 2, 0, 0];
    let mut offset = bytes.len() + 16 * tables.len();
    for (tag, table) in &tables {
        bytes.extend(tag);
        bytes.extend([0; 4]);
        bytes.extend(u32::try_from(offset).unwrap().to_be_bytes());
        bytes.extend(u32::try_from(table.len()).unwrap().to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        bytes.extend(table);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    bytes
}

#[test]
fn a_file_that_is_no_font_is_named_and_nothing_is_written() {
    let folder = with_font(b"no font at all");
    let refused = run(folder.path(), &["run", "park", "--png", "--font", "face.ttf", "--quiet"]);
    assert_eq!(refused.status.code(), Some(3));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("E068") && told.contains("face.ttf"), "{told}");
    assert!(!folder.path().join("output").exists());
}

#[test]
fn a_face_without_chinese_is_used_and_told() {
    let folder = with_font(&empty_face());
    let drawn =
        run(folder.path(), &["run", "park", "--png=400", "--font", "face.ttf", "--quiet", "--lang", "en"]);
    let told = String::from_utf8(drawn.stderr).unwrap();
    assert_eq!(drawn.status.code(), Some(0), "{told}");
    assert!(told.contains("W056") && told.contains("face.ttf"), "{told}");
}
