//! What every chart has: title, unit, source line, stamp, caveat.

use super::canvas::{Anchor, Canvas};
use super::palette::Colour;
pub use super::words::broken;
use super::words::{shortened, text_width};
use crate::diagnostic::Language;
use crate::report::summary::stamp;

/// Height of the head.
pub const HEAD: f64 = 66.0;
/// Height of a line of the foot.
pub const FOOT_LINE: f64 = 18.0;
/// Margin on all sides.
pub const MARGIN: f64 = 24.0;

/// Words around a chart.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Title.
    pub title: String,
    /// What is measured, in which unit.
    pub unit: String,
    /// Lines of the foot: source, notes.
    pub foot: Vec<String>,
    /// Whether the data are invented.
    pub illustrative: bool,
    /// Language.
    pub language: Language,
}

impl Frame {
    /// Height of the foot for a width of the picture.
    #[must_use]
    pub fn foot_height(&self, width: f64) -> f64 {
        self.foot_lines(width).len() as f64 * FOOT_LINE + MARGIN
    }

    /// Draws head and foot.
    pub fn draw(&self, canvas: &Canvas<'_>, width: f64, height: f64) {
        let words = stamp(self.language);
        let wide = text_width(words, 14.0) + 20.0;
        let room = width - 2.0 * MARGIN;
        let beside = if self.illustrative { room - wide - 20.0 } else { room };
        let title = shortened(&self.title, beside, 20.0);
        canvas.text(&title, (MARGIN, 26.0), 20.0, Anchor::Start, Colour::INK);
        let unit = shortened(&self.unit, room, 13.0);
        canvas.text(&unit, (MARGIN, 52.0), 13.0, Anchor::Start, Colour::FAINT);
        if self.illustrative {
            let (right, top) = (width - MARGIN, 14.0);
            canvas.outline((right - wide, top), (right, top + 26.0), Colour::RUST, 2);
            canvas.text(words, (right - wide / 2.0, top + 13.0), 14.0, Anchor::Middle, Colour::RUST);
        }
        let lines = self.foot_lines(width);
        let mut y = height - MARGIN / 2.0 - lines.len() as f64 * FOOT_LINE + FOOT_LINE / 2.0;
        for line in lines {
            canvas.text(&line, (MARGIN, y), 12.0, Anchor::Start, Colour::FAINT);
            y += FOOT_LINE;
        }
    }

    fn foot_lines(&self, width: f64) -> Vec<String> {
        self.foot.iter().flat_map(|line| broken(line, width - 2.0 * MARGIN, 12.0)).collect()
    }
}

/// A name within a title or a sentence: long ones are cut, so that what stands after them is still read.
#[must_use]
pub fn brief(name: &str) -> String {
    shortened(name, 260.0, 13.0)
}

/// The line that says where figures come from.
#[must_use]
pub fn source_line(name: &str, language: Language) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match language {
        Language::Zh => format!("来源：circflow {version} 由模型“{name}”的各表计算；出处见 sources 表。"),
        Language::En => {
            format!(
                "Source: computed by circflow {version} from the tables of “{name}”; see its table of sources."
            )
        }
    }
}

/// The caveat of definitions that nobody checked.
#[must_use]
pub fn unchecked(language: Language) -> &'static str {
    language.pick(
        "* 定义未经原文核对，评价是暂定的。",
        "* definition not checked against the regulation; grades are provisional.",
    )
}
