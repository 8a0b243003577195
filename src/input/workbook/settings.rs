//! The sheet of settings as the text of `model.toml`, key by key on the lines of their rows.

use super::cells::{Rows, Value};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::collected::Collected;
use crate::input::names::folded;
use crate::input::settings::{CHINESE_KEYS, KEYS};
use crate::units::written::half_width;

/// The text of `model.toml` that a sheet of keys and values stands for.
///
/// The first cell of a row is a key (English or Chinese), the one beside it its value; a row without value is a title,
/// or a key that is not given.
pub(super) fn text(rows: &Rows, file: &str, found: &mut Collected) -> String {
    let mut text = String::new();
    let mut lines = 1;
    for (line, cells) in &rows.rows {
        let mut filled = cells.iter().filter(|(_, value)| !value.is_blank());
        let Some((column, Value::Text(key))) = filled.next() else { continue };
        let Some((_, value)) = filled.next().filter(|(beside, _)| *beside == column + 1) else { continue };
        let folded = folded(key);
        if ["key", "项", "项目", "键"].contains(&folded.as_str()) {
            continue;
        }
        if let Value::Fault(fault) = value {
            let spot = Spot { file: file.to_owned(), row: Some(*line), column: None };
            found.push(Diagnostic::new(Code("E025")).at(spot).with("found", fault.to_string()));
            continue;
        }
        let known = KEYS.iter().map(|(key, ..)| *key).zip(CHINESE_KEYS);
        let key = known.into_iter().find(|(key, zh)| folded == *key || folded == *zh).map(|(key, _)| key);
        while lines < *line {
            text.push('\n');
            lines += 1;
        }
        // A key that is none is told by the reader of the settings.
        let key = key.map_or_else(|| toml::Value::from(folded.as_str()).to_string(), str::to_owned);
        text.push_str(&format!("{key} = {}", written(&key, value)));
    }
    text.push('\n');
    text
}

/// A value in the form that its key takes in `model.toml`.
fn written(key: &str, value: &Value) -> String {
    let plain = value.written(false, false);
    let plain = plain.trim();
    match key {
        "base_year" | "horizon" | "actual_until" | "seed" | "draws" | "format" => {
            let half = half_width(plain);
            let number = half.trim_end_matches('年').trim();
            match number.parse::<i64>() {
                Ok(number) => number.to_string(),
                Err(_) => quoted(plain),
            }
        }
        "illustrative" => match folded(plain).as_str() {
            "true" | "yes" | "是" => "true".to_owned(),
            "false" | "no" | "否" => "false".to_owned(),
            _ => quoted(plain),
        },
        "indicator_sets" => {
            let sets = plain.split([';', '；', '、', ',', '，', ' ']).map(str::trim);
            let sets: Vec<String> = sets.filter(|set| !set.is_empty()).map(quoted).collect();
            format!("[{}]", sets.join(", "))
        }
        "language" => match folded(plain).as_str() {
            "中文" | "汉语" => quoted("zh"),
            "english" | "英文" | "英语" => quoted("en"),
            _ => quoted(plain),
        },
        _ => quoted(plain),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
