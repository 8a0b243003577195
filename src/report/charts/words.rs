//! Words in pictures: how wide they are, how they break and are shortened. The one place that measures text.

use unicode_width::UnicodeWidthChar;

/// Height of the ink of a line of text, in sizes.
pub const INK_HEIGHT: f64 = 0.95;

/// Advances of the printable ASCII characters in thousandths of the size, of a wide sans serif (DejaVu Sans): other
/// common faces are narrower, so that what fits by this measure fits.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
    295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
    500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// Width of text in pixels. A Chinese character, and whatever a Chinese face draws as wide, is as wide as it is high.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| character_width(c, size)).sum()
}

fn character_width(c: char, size: f64) -> f64 {
    let thousandths = match (c as usize).checked_sub(0x20).and_then(|position| ASCII.get(position)) {
        Some(&advance) => f64::from(advance),
        None => c.width_cjk().unwrap_or(0).min(2) as f64 * 500.0,
    };
    size * thousandths / 1000.0
}

/// Text without what no reader sees: line breaks and tabs become spaces; other control characters, marks of
/// direction and of zero width go, since they could turn a picture's words around or make it no valid XML.
#[must_use]
pub fn plain(text: &str) -> String {
    let unseen = |c: char| {
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}'
            | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{2028}' | '\u{2029}')
    };
    text.chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
        .filter(|&c| !c.is_control() && !unseen(c))
        .collect()
}

/// Text broken into lines no wider than `room` pixels, between characters that are wide or after spaces; a word
/// wider than the room is broken inside, a Latin one with hyphens into parts of about the same width.
#[must_use]
pub fn broken(text: &str, room: f64, size: f64) -> Vec<String> {
    lines(text, room, size).into_iter().map(|line| line.text + if line.hyphen { "-" } else { "" }).collect()
}

/// A line of a broken text.
#[derive(Default)]
struct Line {
    text: String,
    /// Whether its last word goes on in the next line.
    hyphen: bool,
}

fn lines(text: &str, room: f64, size: f64) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for word in pieces(&plain(text)) {
        let wide = text_width(word.trim_end(), size);
        let fits = lines
            .last()
            .is_none_or(|line| line.text.is_empty() || text_width(&line.text, size) + wide <= room);
        if !fits {
            lines.push(Line::default());
        }
        if wide > room && word.trim_end().chars().all(|c| c.is_ascii_alphabetic()) {
            lines.pop_if(|line| line.text.is_empty());
            lines.extend(hyphenated(&word, room, size));
            continue;
        }
        for c in word.chars() {
            let line = lines.last().map_or("", |line| line.text.as_str());
            if wide > room && !line.is_empty() && text_width(line, size) + character_width(c, size) > room {
                lines.push(Line::default());
            }
            if let Some(line) = lines.last_mut() {
                line.text.push(c);
            }
        }
    }
    lines
}

/// A word (and a space behind it) in parts no wider than the room, all but the last with a hyphen, of about the same
/// width.
fn hyphenated(word: &str, room: f64, size: f64) -> Vec<Line> {
    let hyphen = character_width('-', size);
    let wide = text_width(word.trim_end(), size);
    let share = wide / (wide / (room - hyphen).max(size)).ceil();
    let mut parts = vec![Line::default()];
    for c in word.chars() {
        let part = parts.last().map_or("", |part| part.text.as_str());
        let wide = text_width(part, size) + character_width(c, size);
        // A part ends where its share does, or where another letter and the hyphen have no room.
        let ends = wide > share + character_width(c, size) / 2.0 || wide + hyphen > room;
        if ends && !part.is_empty() && c != ' ' {
            if let Some(part) = parts.last_mut() {
                part.hyphen = true;
            }
            parts.push(Line::default());
        }
        if let Some(part) = parts.last_mut() {
            part.text.push(c);
        }
    }
    parts
}

/// What of a text may not be broken: words, and wide characters with what closes after or opens before them.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut glued = false;
    for c in text.chars() {
        let closes = "，。、；：）”》！？·,.;:)".contains(c);
        let opens = "（“《(".contains(c);
        let last = pieces.last_mut().filter(|piece| {
            // A hyphen between words is a place to break; one that leads a number or follows a single letter is none.
            let ends_word = piece.ends_with(' ') || (piece.ends_with('-') && piece.len() > 2);
            let narrow = piece.chars().next_back().is_some_and(|before| before.is_ascii()) && c.is_ascii();
            glued || closes || c == ' ' || (narrow && !ends_word)
        });
        match last {
            Some(piece) => piece.push(c),
            None => pieces.push(c.to_string()),
        }
        glued = opens;
    }
    pieces
}

/// Text, cut with an ellipsis where there is no room for it.
#[must_use]
pub fn shortened(text: &str, room: f64, size: f64) -> String {
    let text = plain(text);
    if text_width(&text, size) <= room {
        return text;
    }
    let room = room - text_width("…", size);
    let mut cut = String::new();
    let mut wide = 0.0;
    for c in text.chars() {
        wide += character_width(c, size);
        if wide > room {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}

/// Text in at most `most` lines, the last cut with an ellipsis where there is no room.
#[must_use]
pub fn in_lines(text: &str, room: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines = lines(text, room, size);
    if lines.len() > most {
        let rest = lines.drain(most - 1..).map(|line| line.text).collect();
        lines.push(Line { text: rest, hyphen: false });
    }
    lines
        .iter()
        .map(|line| shortened(line.text.trim_end(), room, size) + if line.hyphen { "-" } else { "" })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_as_wide_as_high() {
        assert_eq!(text_width("煤矸石", 10.0), 30.0);
        assert_eq!(text_width("“”（）", 10.0), 40.0);
        assert!((text_width("iW", 1000.0) - 1267.0).abs() < 1e-9);
        assert_eq!(text_width("a\u{301}", 1000.0), 613.0 + text_width("\u{301}", 1000.0));
    }

    #[test]
    fn long_words_are_hyphenated_in_equal_parts_within_the_room() {
        let room = text_width("Undergrou", 10.0);
        let lines = broken("Underground backfill", room, 10.0);
        assert_eq!(lines, ["Under-", "ground ", "backfill"]);
        let room = text_width("Blast-furn", 10.0);
        assert_eq!(broken("Blast-furnace slag", room, 10.0), ["Blast-", "furnace ", "slag"]);
        for room in [20.0, 33.0, 47.0] {
            for line in broken("Constructional a", room, 10.0) {
                assert!(text_width(line.trim_end(), 10.0) <= room, "{line} in {room}");
            }
        }
    }

    #[test]
    fn unseen_characters_go_and_line_breaks_become_spaces() {
        assert_eq!(plain("a\nb\u{202e}c\u{0}d\u{feff}\u{200f}e\u{7f}"), "a bcde");
        assert_eq!(plain("<script>&\"'"), "<script>&\"'", "escaping is the renderer's");
    }

    #[test]
    fn lines_keep_to_their_room_whatever_stands_in_them() {
        let long = "x".repeat(200);
        let texts = ["煤矸石综合利用（一期）项目", "fly ash and slag of power plants", long.as_str(), "a, b"];
        for text in texts {
            for room in [40.0, 75.0, 200.0] {
                let lines = broken(text, room, 12.0);
                assert_eq!(lines.concat().replace('-', ""), text);
                let most = in_lines(text, room, 12.0, 2);
                assert!(most.len() <= 2);
                for line in lines.iter().chain(&most) {
                    assert!(text_width(line.trim_end(), 12.0) <= room + 1e-9, "{line:?} in {room}");
                }
            }
        }
    }

    #[test]
    fn closing_marks_never_begin_a_line_nor_opening_ones_end_it() {
        for room in 40..200 {
            let lines = broken("资源（煤、矸石），产品。共（三类）：甲、乙、丙。", f64::from(room), 12.0);
            for line in &lines {
                assert!(!line.ends_with('（'), "{lines:?}");
            }
            assert!(
                lines.iter().skip(1).all(|line| !line.starts_with(['，', '。', '、', '）', '：'])),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn shortened_text_says_so() {
        assert_eq!(shortened("煤矸石", 30.0, 10.0), "煤矸石");
        assert_eq!(shortened("煤矸石砖厂", 40.0, 10.0), "煤矸石…");
    }
}
