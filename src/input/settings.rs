//! `model.toml`.

use super::collected::Collected;
use super::loaded::InputFile;
use super::names::nearest;
use super::read::encoding;
use crate::diagnostic::{Code, Diagnostic, Language, Spot};
use crate::model::Settings;
use toml::Value;

/// Keys of `model.toml` with what each must be.
pub const KEYS: [(&str, &str, &str); 12] = [
    (
        "id",
        "编号，也是结果文件夹的名字：文字、数字、- 和 _",
        "id, also the name of the folder of results: letters, digits, - and _",
    ),
    ("name", "中文名称", "name in Chinese"),
    ("name_en", "英文名称", "name in English"),
    ("language", "默认语言：zh 或 en", "default language: zh or en"),
    ("base_year", "基年，即第一年", "base year, the first year"),
    (
        "horizon",
        "最后一年：不早于基年，最多晚 100 年",
        "last year: not before the base year, at most 100 years later",
    ),
    (
        "actual_until",
        "统计数已是实际数的最后一年：基年到末年之间；不写则只有基年是",
        "last year whose statistics are what happened: from the base year to the last; without it the base year alone",
    ),
    ("illustrative", "是否为示意数据：true 或 false", "whether the data are invented: true or false"),
    (
        "indicator_sets",
        "计算哪些指标集，如 [\"ce-2017\"]",
        "indicator sets to compute, such as [\"ce-2017\"]",
    ),
    ("seed", "随机数种子", "seed of draws"),
    ("draws", "默认抽样次数", "default number of draws"),
    ("format", "文件格式的版本，现为 1", "version of the file format, now 1"),
];

/// The same keys as a sheet in Chinese calls them.
pub const CHINESE_KEYS: [&str; KEYS.len()] = [
    "编号",
    "名称",
    "英文名称",
    "语言",
    "基年",
    "末年",
    "实际数截至",
    "示意数据",
    "指标集",
    "种子",
    "抽样次数",
    "格式",
];

/// Longest horizon, in years.
const LONGEST: i64 = 100;

/// Settings that stand where `model.toml` cannot be read.
#[must_use]
pub fn fallback() -> Settings {
    Settings {
        id: "model".into(),
        name: String::new(),
        name_en: String::new(),
        base_year: 2015,
        horizon: 2020,
        actual_until: None,
        illustrative: false,
        indicator_sets: vec!["ce-2017".into()],
        seed: 1,
        draws: 1000,
    }
}

/// Reads the settings; whatever is wrong goes to the findings, and a fallback stands for it.
pub(super) fn read(file: &InputFile, found: &mut Collected) -> (Settings, Language) {
    let spot = |row: Option<u32>, column: Option<&str>| Spot {
        file: file.name.clone(),
        row,
        column: column.map(str::to_owned),
    };
    let mut settings = fallback();
    let Ok(text) = encoding::decode(&file.bytes) else {
        found.push(Diagnostic::new(Code("E016")).at(spot(None, None)));
        return (settings, Language::Zh);
    };
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let line = error.span().map(|span| line_of(&text, span.start));
            let said = error.message().lines().next().unwrap_or_default().to_owned();
            found.push(Diagnostic::new(Code("E003")).at(spot(line, None)).with("error", said));
            return (settings, Language::Zh);
        }
    };
    for key in table.keys() {
        if !KEYS.iter().any(|(known, ..)| known == key) {
            let near = nearest(key, KEYS.iter().map(|(known, ..)| *known));
            let finding = Diagnostic::new(Code("E004")).at(spot(line_of_key(&text, key), None));
            found.push(finding.with("found", key.clone()).with("nearest", near));
        }
    }
    let mut wrong = |key: &str, value: Option<&Value>| {
        let (_, zh, en) = KEYS.iter().find(|(known, ..)| *known == key).expect("a key of the list");
        let finding = Diagnostic::new(Code("E005")).at(spot(line_of_key(&text, key), None));
        let shown = value.map_or_else(String::new, ToString::to_string);
        let finding = finding.with("key", key).with("found", shown);
        found.push(finding.with("expected_zh", *zh).with("expected_en", *en));
    };
    let mut text_of = |key: &str, required: bool| match table.get(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        None if !required => None,
        other => {
            wrong(key, other);
            None
        }
    };
    let id = text_of("id", true);
    let name = text_of("name", true);
    let name_en = text_of("name_en", false);
    let language = match text_of("language", false).as_deref() {
        None | Some("zh") => Language::Zh,
        Some("en") => Language::En,
        Some(_) => {
            wrong("language", table.get("language"));
            Language::Zh
        }
    };
    if let Some(id) = id {
        if id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            settings.id = id;
        } else {
            wrong("id", table.get("id"));
        }
    }
    settings.name = name.unwrap_or_default();
    settings.name_en = name_en.unwrap_or_else(|| settings.name.clone());
    let mut whole = |key: &str, least: i64, most: i64, default: Option<i64>| match table.get(key) {
        Some(Value::Integer(number)) if (least..=most).contains(number) => Some(*number),
        None if default.is_some() => default,
        other => {
            wrong(key, other);
            None
        }
    };
    let base_year = whole("base_year", 1900, 2200, None);
    let first = base_year.unwrap_or(1900);
    let horizon = whole("horizon", first, first + LONGEST, None);
    let seed = whole("seed", 0, i64::MAX, Some(1));
    let draws = whole("draws", 0, 1_000_000, Some(1000));
    whole("format", 1, 1, Some(1));
    let last = horizon.unwrap_or(first + LONGEST);
    let actual_until = table.get("actual_until").and_then(|_| whole("actual_until", first, last, None));
    settings.actual_until = actual_until.map(|year| year as i32);
    if let (Some(base_year), Some(horizon)) = (base_year, horizon) {
        settings.base_year = base_year as i32;
        settings.horizon = horizon as i32;
    }
    settings.seed = seed.map_or(settings.seed, i64::unsigned_abs);
    settings.draws = draws.and_then(|d| u32::try_from(d).ok()).unwrap_or(settings.draws);
    match table.get("illustrative") {
        Some(Value::Boolean(illustrative)) => settings.illustrative = *illustrative,
        other => wrong("illustrative", other),
    }
    match table.get("indicator_sets") {
        None => {}
        Some(Value::Array(sets)) if sets.iter().all(Value::is_str) => {
            settings.indicator_sets = sets.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        other => wrong("indicator_sets", other),
    }
    (settings, language)
}

/// Where a key of the settings stands.
pub(super) fn spot_of(file: &InputFile, key: &str) -> Spot {
    let text = encoding::decode(&file.bytes).unwrap_or_default();
    Spot { file: file.name.clone(), row: line_of_key(&text, key), column: None }
}

fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset).unwrap_or(text);
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

fn line_of_key(text: &str, key: &str) -> Option<u32> {
    let at = text.lines().position(|line| {
        line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    })?;
    u32::try_from(at + 1).ok()
}
