//! HTML by construction: text is escaped where it enters, and there is no other way in.

use std::fmt::Write as _;

/// A piece of HTML. Only `Html::picture` takes markup as it is, and only that of our own charts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    text: String,
}

impl Html {
    /// An element with attributes and what stands inside.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        inside(self);
        let _ = write!(self.text, "</{name}>");
        if is_block(name) {
            self.text.push('\n');
        }
    }

    /// An element with text inside.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// An element that never has anything inside (`meta`, `col`, `br`).
    pub fn void(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name, attributes);
        if is_block(name) {
            self.text.push('\n');
        }
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.text);
    }

    /// A style sheet of the program's own.
    pub(super) fn style(&mut self, css: &str) {
        let _ = writeln!(self.text, "<style>{css}</style>");
    }

    /// A picture that the program drew itself.
    pub(super) fn picture(&mut self, svg: &str) {
        self.text.push_str(svg);
    }

    /// The whole page, with what HTML begins with.
    #[must_use]
    pub fn document(self) -> String {
        format!("<!DOCTYPE html>\n{}", self.text)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.text, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.text, " {key}=\"");
            escape(value, &mut self.text);
            self.text.push('"');
        }
        self.text.push('>');
    }
}

fn is_block(name: &str) -> bool {
    !matches!(name, "a" | "b" | "span" | "em" | "code" | "td" | "th" | "summary" | "title")
}

/// Text as it stands in HTML: signs of markup escaped, marks that turn the direction of writing and control
/// characters left out, line breaks as blanks.
fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            '\n' | '\r' | '\t' => into.push(' '),
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => into.push(c),
        }
    }
}

/// An address as it can stand in a link; `None` where the text is no address of the web. Whatever an address may not
/// hold as it is stands in percent signs.
#[must_use]
pub fn href(text: &str) -> Option<String> {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if !is_address || text.contains(char::is_whitespace) {
        return None;
    }
    let mut address = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let hexadecimal = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
        let kept = match byte {
            b'%' => hexadecimal(at + 1) && hexadecimal(at + 2),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte),
        };
        if kept {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    Some(address)
}

/// A text as the id of an element: letters, digits and `-`; the same text gives the same id.
#[must_use]
pub fn anchor(parts: &[&str]) -> String {
    let mut id = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            id.push('-');
        }
        for c in part.chars() {
            if c.is_ascii_alphanumeric() || c == '-' {
                id.push(c);
            } else {
                let _ = write!(id, "_{:x}", c as u32);
            }
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_text_becomes_markup() {
        let mut html = Html::default();
        html.leaf("p", &[("title", "\"><script>")], "<script>alert('x')</script> & \u{202e}more\n\u{7}");
        assert_eq!(
            html.text,
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more </p>\n"
        );
    }

    #[test]
    fn only_addresses_of_the_web_lead_anywhere() {
        assert_eq!(
            href("http://a.cn/煤?x=[1]&y=%20%"),
            Some("http://a.cn/%E7%85%A4?x=%5B1%5D&y=%20%25".into())
        );
        for text in ["javascript:alert(1)", "", "data:text/html,x", "https://a b", "see https://a.cn"] {
            assert_eq!(href(text), None, "{text}");
        }
    }

    #[test]
    fn anchors_of_different_texts_differ() {
        assert_eq!(anchor(&["as-found", "ce2017-07"]), "as-found-ce2017-07");
        assert_ne!(anchor(&["a b"]), anchor(&["a_b"]));
        assert_ne!(anchor(&["煤"]), anchor(&["焦"]));
    }
}
