//! What leaves the program: text to bytes for a console, a file or another program.
//!
//! A Windows console takes UTF-16, which the standard library writes by itself whatever the code page, so Chinese is
//! right there without a setting. What is redirected (`> file`, `| more`) is UTF-8 unless the user asks for GB18030,
//! which older Chinese programs expect. This is the one module that knows about consoles and systems.

use clap::ValueEnum;
use encoding_rs::GB18030;
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

/// Encoding of text that goes to a file or another program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encoding {
    /// UTF-8
    #[default]
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    /// GB18030（GBK、GB2312 的扩充 / extends GBK and GB2312）
    #[value(name = "gb18030", aliases = ["gbk", "gb2312"])]
    Gb18030,
}

impl Encoding {
    /// The bytes of a text.
    pub(crate) fn bytes(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => Cow::Borrowed(text.as_bytes()),
            Self::Gb18030 => GB18030.encode(text).0,
        }
    }

    /// The encoding of a stream: a Windows console is always given text, never bytes of another encoding.
    fn of_stream(self, is_terminal: bool, is_windows: bool) -> Self {
        if is_terminal && is_windows { Self::Utf8 } else { self }
    }
}

/// Writes data to stdout.
pub(crate) fn write_out(text: &str, encoding: Encoding) -> io::Result<()> {
    let stdout = io::stdout();
    let encoding = encoding.of_stream(stdout.is_terminal(), cfg!(windows));
    let mut out = stdout.lock();
    out.write_all(&encoding.bytes(text))?;
    out.flush()
}

/// Writes talk to stderr. Where stderr is closed nobody listens, which is no reason to fail.
pub(crate) fn write_talk(text: &str, encoding: Encoding) {
    let stderr = io::stderr();
    let encoding = encoding.of_stream(stderr.is_terminal(), cfg!(windows));
    let _ = stderr.lock().write_all(&encoding.bytes(text));
}

/// Keeps the window of a program that was started by dropping a folder on it open until Enter is pressed; elsewhere
/// the console is the user's own and stays.
pub(crate) fn wait_before_the_window_closes(say: &str) {
    if cfg!(windows) && io::stdin().is_terminal() && io::stderr().is_terminal() {
        write_talk(say, Encoding::Utf8);
        let mut line = String::new();
        // Whether Enter or the end of input comes, the wait is over.
        let _ = io::stdin().read_line(&mut line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb18030_loses_no_character() {
        let text = "煤矸石综合利用率 65 %，m³、CO₂、㎡、①、“引号”、—、·、±、×、≥、€、𠮷、é、😀\n";
        let bytes = Encoding::Gb18030.bytes(text);
        assert_eq!(&bytes[..4], [0xC3, 0xBA, 0xED, 0xB7], "煤矸 in GB2312's code points");
        let (back, faulty) = GB18030.decode_without_bom_handling(&bytes);
        assert_eq!((back.as_ref(), faulty), (text, false));
    }

    #[test]
    fn every_message_and_help_text_stands_in_gb18030() {
        for text in crate::diagnostic::texts::all() {
            for words in [text.zh, text.en, text.explain_zh, text.explain_en] {
                let bytes = Encoding::Gb18030.bytes(words);
                assert_eq!(GB18030.decode_without_bom_handling(&bytes).0, words, "{}", text.code);
            }
        }
    }

    #[test]
    fn utf_8_is_written_as_it_is() {
        assert_eq!(Encoding::default().bytes("煤").as_ref(), "煤".as_bytes());
    }

    #[test]
    fn only_a_windows_console_overrules_what_is_asked() {
        let asked = Encoding::Gb18030;
        assert_eq!(asked.of_stream(true, true), Encoding::Utf8);
        assert_eq!(asked.of_stream(false, true), Encoding::Gb18030);
        assert_eq!(asked.of_stream(true, false), Encoding::Gb18030);
    }
}
