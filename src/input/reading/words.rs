//! Words: choices, yes and no, lists, payments.

use super::Reading;
use crate::input::attributes::{Kind, Word};
use crate::input::names::{folded, nearest};
use crate::input::read::{Column, Row};
use crate::model::Payment;
use crate::money::Ppm;
use crate::quantity;
use crate::units::written::half_width;

const YES: [&str; 9] = ["yes", "true", "1", "on", "y", "是", "有", "√", "开"];
const NO: [&str; 9] = ["no", "false", "0", "off", "n", "否", "无", "×", "关"];

impl Reading {
    /// The word of a column that allows only some.
    pub fn choice(&mut self, row: Row<'_>, column: Column) -> Option<&'static str> {
        let text = self.text(row, column)?;
        self.one_of(row, column, text)
    }

    /// The words of a column that allows several of some.
    pub fn choices(&mut self, row: Row<'_>, column: Column) -> Vec<&'static str> {
        let Some(text) = self.text(row, column) else { return Vec::new() };
        list(text).filter_map(|part| self.one_of(row, column, part)).collect()
    }

    fn one_of(&mut self, row: Row<'_>, column: Column, text: &str) -> Option<&'static str> {
        let (Kind::Choice(words) | Kind::Choices(words)) = column.attribute.kind else {
            unreachable!("column {} holds one of some words", column.attribute.key)
        };
        let found = word_of(words, text);
        if found.is_none() {
            let allowed: Vec<String> = words.iter().map(|w| format!("{}（{}）", w.word, w.zh)).collect();
            let near = nearest(text, words.iter().flat_map(|w| [w.word, w.zh]));
            let adding = self.at("E110", row, column).with("found", text);
            adding.with("allowed", allowed.join("、")).with("nearest", near);
        }
        found
    }

    /// Yes or no.
    pub fn flag(&mut self, row: Row<'_>, column: Column) -> Option<bool> {
        let text = self.text(row, column)?;
        match text {
            "yes" => return Some(true),
            "no" => return Some(false),
            _ => {}
        }
        let truth = truth_of(text);
        if truth.is_none() {
            self.at("E126", row, column).with("found", text);
        }
        truth
    }

    /// Several words of one's own choice, sorted, none twice.
    pub fn words(&mut self, row: Row<'_>, column: Column) -> Vec<String> {
        let text = self.text(row, column).unwrap_or_default();
        let mut words: Vec<String> = list(text).flat_map(str::split_whitespace).map(str::to_owned).collect();
        words.sort();
        words.dedup();
        words
    }

    /// When money falls due.
    pub fn payment(&mut self, row: Row<'_>, column: Column) -> Option<Payment> {
        let text = self.text(row, column)?;
        let payment = payment_of(text);
        if payment.is_none() {
            self.at("E127", row, column).with("found", text);
        }
        payment
    }
}

/// Parts of a list.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '；', '、', '|']).map(str::trim).filter(|part| !part.is_empty())
}

/// The word that a text means, in either language.
pub(crate) fn word_of(words: &'static [Word], text: &str) -> Option<&'static str> {
    if let Some(exact) = words.iter().find(|w| w.word == text) {
        return Some(exact.word);
    }
    let plain = folded(text);
    let plain = plain.replace(['-', ' '], "_");
    let found = words.iter().find(|w| w.word == plain || w.zh == plain);
    let times = || words.iter().find(|w| w.word == "×" && matches!(plain.as_str(), "*" | "x"));
    found.or_else(times).map(|w| w.word)
}

/// Reads `with_progress`, `advance(50%)`, `on_completion`, `instalments(3:30%, 9:70%, 12:100%)`.
fn payment_of(text: &str) -> Option<Payment> {
    let plain = half_width(text).to_lowercase();
    match plain.as_str() {
        "with_progress" | "按进度" => return Some(Payment::WithProgress),
        "on_completion" | "先建后补" => return Some(Payment::OnCompletion),
        _ => {}
    }
    let (name, inside) = plain.strip_suffix(')')?.split_once('(')?;
    let share = |text: &str| quantity::number(text).ok().and_then(Ppm::from_share);
    match name.trim() {
        "advance" | "预付" => share(inside).map(Payment::Advance),
        "instalments" | "分期" => {
            let mut shares = Vec::new();
            for part in inside.split([',', ';', '、']) {
                let (months, due) = part.split_once(':')?;
                shares.push((months.trim().parse().ok()?, share(due)?));
            }
            Some(Payment::Instalments(shares))
        }
        _ => None,
    }
}

/// Yes or no, however it is written; `None` for what is neither.
pub(in crate::input) fn truth_of(text: &str) -> Option<bool> {
    let word = folded(text);
    if YES.contains(&word.as_str()) {
        return Some(true);
    }
    NO.contains(&word.as_str()).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payments_in_every_form() {
        assert_eq!(payment_of("按进度"), Some(Payment::WithProgress));
        assert_eq!(payment_of("advance(50%)"), Some(Payment::Advance(Ppm(500_000))));
        assert_eq!(payment_of("预付（0.5）"), Some(Payment::Advance(Ppm(500_000))));
        assert_eq!(payment_of("on_completion"), Some(Payment::OnCompletion));
        assert_eq!(
            payment_of("instalments(3:30%, 12:100%)"),
            Some(Payment::Instalments(vec![(3, Ppm(300_000)), (12, Ppm::ONE)]))
        );
        for text in ["", "later", "advance(150%)", "instalments(3)", "advance(", "advance()"] {
            assert_eq!(payment_of(text), None, "{text}");
        }
    }

    #[test]
    fn choices_in_either_language() {
        use crate::input::attributes::words::{OPERATION, TREATMENT};
        assert_eq!(word_of(TREATMENT, "综合利用"), Some("utilisation"));
        assert_eq!(word_of(TREATMENT, "Energy recovery"), Some("energy_recovery"));
        assert_eq!(word_of(OPERATION, "*"), Some("×"));
        assert_eq!(word_of(OPERATION, "－"), None);
    }
}
