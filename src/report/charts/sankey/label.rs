//! Labels of nodes: how they break and how high they are.

use crate::report::charts::words::{in_lines, text_width};
use crate::report::number;

/// Size of names and amounts.
pub const SIZE: f64 = 14.5;
/// Height of a line.
pub const LINE: f64 = 17.0;
/// Gap between a label and the thin bar below it.
pub const GAP: f64 = 3.0;
/// Room kept on both sides of a label.
const MARGIN: f64 = 5.0;

/// The lines of a label: name and amount in one line where there is room, else the name in at most three, then the amount.
#[must_use]
pub fn lines(name: &str, tonnes: f64, node_width: f64) -> Vec<String> {
    let (room, amount) = (node_width - 2.0 * MARGIN, number::wan_tonnes(tonnes));
    let one = format!("{name}  {amount}");
    if text_width(&one, SIZE) <= room {
        return in_lines(&one, room, SIZE, 1);
    }
    let mut lines = in_lines(name, room, SIZE, 3);
    lines.push(amount);
    lines
}

/// Height of so many lines.
#[must_use]
pub fn height(lines: usize) -> f64 {
    lines as f64 * LINE
}
