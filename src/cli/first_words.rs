//! What must be known of the command line before it is parsed: its language, its encoding, and whether a folder was
//! dropped on the program.

use super::arguments::Arguments;
use super::console::Encoding;
use crate::diagnostic::Language;
use crate::input;
use clap::{CommandFactory, ValueEnum};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The words after the program's name, as they are to be parsed.
pub(crate) struct FirstWords {
    /// The words, with the program's name first.
    pub(crate) words: Vec<OsString>,
    /// Whether a path alone was given: dropped on the program.
    pub(crate) dropped: bool,
}

impl FirstWords {
    /// Reads the words: a path alone (`circflow.exe 我的城市`, or a folder or a file of it dropped on the program)
    /// means `run` it and put the results beside it.
    pub(crate) fn of(words: Vec<OsString>) -> Self {
        match words.as_slice() {
            [_, path] if is_dropped(path) => {
                let model = model_folder(Path::new(path));
                let full = std::path::absolute(&model).unwrap_or_else(|_| model.clone());
                let out = full.parent().unwrap_or(&full).join("output");
                let run = [words[0].clone(), "run".into(), model.into(), "--out".into(), out.into()];
                Self { words: run.into(), dropped: true }
            }
            _ => Self { words, dropped: false },
        }
    }

    /// The language to complain in: `--lang`, else that of a model that is named, else Chinese.
    pub(crate) fn language(&self) -> Language {
        match self.value_of("--lang").as_deref() {
            Some("en") => return Language::En,
            Some("zh") => return Language::Zh,
            _ => {}
        }
        let paths = self.words.iter().skip(1).map(Path::new);
        paths.filter(|path| path.exists()).find_map(input::language_of).unwrap_or_default()
    }

    /// The encoding asked for.
    pub(crate) fn encoding(&self) -> Encoding {
        let given = self.value_of("--encoding");
        given.and_then(|text| Encoding::from_str(&text, true).ok()).unwrap_or_default()
    }

    /// The value of an option, as `--option value` or `--option=value`.
    fn value_of(&self, option: &str) -> Option<String> {
        let mut words = self.words.iter().map(|word| word.to_string_lossy());
        while let Some(word) = words.next() {
            if word == option {
                return words.next().map(|value| value.into_owned());
            }
            if let Some(value) = word.strip_prefix(option).and_then(|rest| rest.strip_prefix('=')) {
                return Some(value.to_owned());
            }
        }
        None
    }
}

/// Whether a word alone is a path and not a command.
fn is_dropped(word: &OsStr) -> bool {
    let text = word.to_string_lossy();
    let is_verb = Arguments::command().get_subcommands().any(|verb| verb.get_name() == text);
    !is_verb && !text.starts_with('-') && Path::new(word).exists()
}

/// The folder of a model of which the settings or a table were dropped.
fn model_folder(path: &Path) -> PathBuf {
    let of_model = path.is_file() && path.extension().is_some_and(|e| e == "toml" || e == "csv");
    match path.parent().filter(|_| of_model) {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => path.to_owned(),
    }
}

/// A path as it must be typed: in quotation marks where it holds spaces or other signs of the shell.
pub(crate) fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains([' ', '&', '(', ')', ';', '\'', '　']) { format!("\"{text}\"") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(texts: &[&str]) -> FirstWords {
        FirstWords::of(texts.iter().map(OsString::from).collect())
    }

    #[test]
    fn a_path_alone_means_run_it_with_the_results_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("城市 数据");
        std::fs::create_dir(&model).unwrap();
        std::fs::write(model.join("model.toml"), "language = \"en\"\n").unwrap();
        let out = folder.path().join("output").into_os_string();
        for dropped in [model.clone(), model.join("model.toml")] {
            let read = FirstWords::of(vec!["circflow".into(), dropped.into()]);
            assert!(read.dropped);
            let expected: [OsString; 5] =
                ["circflow".into(), "run".into(), model.clone().into(), "--out".into(), out.clone()];
            assert_eq!(read.words, expected);
            assert_eq!(read.language(), Language::En, "the model's");
        }
        assert!(!words(&["circflow", "run"]).dropped && !words(&["circflow", "no such folder"]).dropped);
    }

    #[test]
    fn language_and_encoding_are_known_before_parsing() {
        assert_eq!(words(&["circflow", "rum"]).language(), Language::Zh);
        assert_eq!(words(&["circflow", "rum", "--lang", "en"]).language(), Language::En);
        assert_eq!(words(&["circflow", "--lang=en", "--x"]).language(), Language::En);
        assert_eq!(words(&["circflow", "--encoding=GBK", "--x"]).encoding(), Encoding::Gb18030);
        assert_eq!(words(&["circflow", "--encoding", "--x"]).encoding(), Encoding::Utf8);
    }

    #[test]
    fn paths_with_spaces_are_shown_as_they_must_be_typed() {
        assert_eq!(typed(Path::new("城市")), "城市");
        assert_eq!(typed(Path::new("城市 数据")), "\"城市 数据\"");
    }
}
