//! Numbers as people read them: rounded, grouped by thousands, with units.

use crate::diagnostic::Language;
use crate::indicators::Definition;
use crate::money::Fen;

/// A number with fixed decimals, thousands grouped; both zeros alike.
#[must_use]
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(w, r)| (w, r));
    let mut out = String::new();
    // What is rounded to zero has no sign.
    if value < 0.0 && text.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
        out.push('-');
    }
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// Decimals that show about four figures of numbers up to a magnitude, three at most.
#[must_use]
pub fn decimals_for(magnitude: f64) -> usize {
    match magnitude.abs() {
        m if m >= 1000.0 => 0,
        m if m >= 100.0 => 1,
        m if m >= 1.0 => 2,
        0.0 => 0,
        _ => 3,
    }
}

/// A number with about four figures.
#[must_use]
pub fn figure(value: f64) -> String {
    grouped(value, decimals_for(value))
}

/// A number with two figures and its power of ten: `1.8e-15`, `0`.
#[must_use]
pub fn scientific(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { format!("{value:.1e}") }
}

/// A value of an indicator as it is shown, without unit: percent with one decimal.
#[must_use]
pub fn indicator(definition: &Definition, value: f64) -> String {
    let shown = definition.shown(value);
    if definition.percent { grouped(shown, 1) } else { figure(shown) }
}

/// Money in 10⁴ yuan, whole where it is.
#[must_use]
pub fn wan(amount: Fen) -> String {
    let whole = amount.0 % 1_000_000 == 0;
    grouped(amount.wan(), if whole || amount.0.abs() >= 1_000_000_000 { 0 } else { 1 })
}

/// Tonnes in 10⁴ t.
#[must_use]
pub fn wan_tonnes(tonnes: f64) -> String {
    let wan = tonnes / 1.0e4;
    grouped(wan, if wan.abs() >= 1000.0 { 0 } else { 1 })
}

/// The unit of [`wan`].
#[must_use]
pub fn wan_yuan_unit(language: Language) -> &'static str {
    language.pick("万元", "10⁴ yuan")
}

/// The unit of [`wan_tonnes`].
#[must_use]
pub fn wan_tonnes_unit(language: Language) -> &'static str {
    language.pick("万吨", "10⁴ t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_zero_has_no_sign() {
        assert_eq!(grouped(1_234_567.89, 1), "1,234,567.9");
        assert_eq!(grouped(-999.6, 0), "-1,000");
        assert_eq!(grouped(-0.04, 1), "0.0");
        assert_eq!(figure(0.123_456), "0.123");
        assert_eq!(figure(12_345.6), "12,346");
        assert_eq!(wan(Fen(300_000_000)), "300");
        assert_eq!(wan(Fen(1_234_600_000)), "1,235");
        assert_eq!(wan(Fen(12_300_000)), "12.3");
    }
}
