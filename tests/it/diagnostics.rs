//! Messages: one cell of a valid model changed, the whole message in both languages.

use crate::hamlet::{errors, lines, patched, sound, text, with};
use circflow::diagnostic::{Language, Severity, texts};
use circflow::input::read_files;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// One patch, one error: its line in both languages.
fn check(name: &str, from: &str, to: &str, zh: &str, en: &str) {
    let loaded = patched(name, from, to);
    let code = en.split_whitespace().nth(1).expect("severity and code").trim_end_matches(':');
    assert_eq!(lines(&loaded, code, Language::Zh), [zh], "{:#?}", errors(&loaded));
    assert_eq!(lines(&loaded, code, Language::En), [en]);
    assert_eq!(errors(&loaded).len(), 1, "one fault, one error: {:#?}", errors(&loaded));
    assert!(loaded.models.is_empty());
}

#[test]
fn the_hamlet_is_sound() {
    let loaded = sound();
    assert_eq!(errors(&loaded), [""; 0]);
    assert_eq!(loaded.models.len(), 1);
}

#[test]
fn faults_of_cells() {
    check(
        "processes.csv",
        "burn,砖厂一线,works,press,1,",
        "burn,砖厂一线,works,press,-1,",
        "错误 E109 processes.csv 第3行 “capacity”列：“-1”是负数，这一列只能是 0 或正数",
        "error E109 processes.csv line 3 column “capacity”: “-1” is negative; this column holds 0 or more",
    );
    check(
        "activity.csv",
        ",8,",
        ",NaN,",
        "错误 E131 activity.csv 第2行 “level”列：“NaN”不是有限的数",
        "error E131 activity.csv line 2 column “level”: “NaN” is not a finite number",
    );
    check(
        "activity.csv",
        "万t/a",
        "MW",
        "错误 E115 activity.csv 第2行 “unit”列：物质“rock”没有说明怎样把“MW”换算成 t/a",
        "error E115 activity.csv line 2 column “unit”: the material “rock” does not say how “MW” becomes t/a",
    );
    check(
        "demand.csv",
        "万m3",
        "万元",
        "错误 E114 demand.csv 第2行 “unit”列：单位“万元”量的是金额（元），这里要的是体积（m3/a）",
        "error E114 demand.csv line 2 column “unit”: the unit “万元” is 元; m3/a is wanted here",
    );
    check(
        "demand.csv",
        "万m3",
        "万立方来",
        "错误 E113 demand.csv 第2行 “unit”列：不认识单位“万立方来”中的“万立方来”，最接近的是“立方”",
        "error E113 demand.csv line 2 column “unit”: the unit “万立方来” has an unknown part “万立方来”; the nearest is “立方”",
    );
    check(
        "processes.csv",
        "burn,砖厂一线,works",
        "burn,砖厂一线,示例砖厂有限公司",
        "错误 E106 processes.csv 第3行 “enterprise”列：表 enterprises 里没有“示例砖厂有限公司”，最接近的是“works”",
        "error E106 processes.csv line 3 column “enterprise”: the table enterprises has no “示例砖厂有限公司”; the nearest is “works”",
    );
    check(
        "projects.csv",
        "line2,砖厂二线,key",
        "line2,砖厂二线,kee",
        "错误 E110 projects.csv 第2行 “class”列：不认识“kee”，可以填：key（重点）、general（一般）。最接近的是“key”",
        "error E110 projects.csv line 2 column “class”: “kee” is not known here; allowed: key（重点）、general（一般）. The nearest is “key”",
    );
}

#[test]
fn an_id_given_twice_leaves_the_first_its_name() {
    let loaded = patched("enterprises.csv", "works,示例砖厂", "mine,示例砖厂");
    assert_eq!(
        lines(&loaded, "E128", Language::Zh),
        ["错误 E128 enterprises.csv 第3行 “id”列：编号“mine”已经用过"]
    );
    assert_eq!(lines(&loaded, "E106", Language::En).len(), 3, "and nobody is called works any more");
}

#[test]
fn faults_of_the_model() {
    check(
        "places.csv",
        "north,北县,county,city",
        "north,北县,county,",
        "错误 E203 places.csv 第3行 “parent”列：“north”也没有上级，但全市已经是“city”",
        "error E203 places.csv line 3 column “parent”: “north” has no parent either, but “city” is the city already",
    );
    check(
        "recipes.csv",
        "quarry,input,rock_in_ground,1.2",
        "quarry,input,rock_in_ground,0.9",
        "错误 E210 technologies.csv 第2行：“quarry”的余量行“vapour”为负（-0.25）：其余各行已经不平衡",
        "error E210 technologies.csv line 2: the `rest` row “vapour” of “quarry” is negative (-0.25): the other rows do not fit",
    );
    check(
        "recipes.csv",
        "quarry,emission,vapour,rest",
        "quarry,emission,vapour,0.01",
        "错误 E209 technologies.csv 第2行：“quarry”的配方不平衡：进 1.2 t，出 1.16 t，相差 0.04 t",
        "error E209 technologies.csv line 2: the recipe of “quarry” does not close: 1.2 t enter, 1.16 t leave, 0.04 t differ",
    );
    check(
        "targets.csv",
        "ce2017-07",
        "ce2017-70",
        "错误 E239 targets.csv 第2行 “indicator”列：没有指标“ce2017-70”，最接近的是“ce2017-07”",
        "error E239 targets.csv line 2 column “indicator”: there is no indicator “ce2017-70”; the nearest is “ce2017-07”",
    );
    check(
        "targets.csv",
        "2018,60%",
        "2030,60%",
        "错误 E215 targets.csv 第2行 “year”列：“2030”在计算年限 2015 到 2018 之外",
        "error E215 targets.csv line 2 column “year”: “2030” lies outside 2015 to 2018",
    );
    check(
        "financing.csv",
        "line2,town,40",
        "line2,town,41",
        "错误 E401 projects.csv 第2行 “investment”列：项目“line2”的资金来源合计101万元，超过尚需投资100万元",
        "error E401 projects.csv line 2 column “investment”: the financing of project “line2” sums to 101 wan yuan, more than the 100 wan yuan still to be spent",
    );
}

#[test]
fn a_chinese_file_is_named_as_the_user_wrote_it() {
    let files: Vec<_> = with("责任.csv", "地点,资金,金额,期限\n北县,无此资金,300,2016-07\n")
        .into_iter()
        .filter(|file| file.name != "duties.csv")
        .collect();
    let loaded = read_files(files);
    assert_eq!(
        lines(&loaded, "E106", Language::Zh),
        ["错误 E106 责任.csv 第2行 “资金”列：表 funds 里没有“无此资金”，最接近的是“北县资金”"]
    );
}

#[test]
fn all_faults_are_told_in_one_pass_in_the_order_of_the_files() {
    let mut files = with("processes.csv", &text("processes.csv").replace("press,1,", "pres,-1,"));
    for file in &mut files {
        if file.name == "demand.csv" {
            *file = circflow::input::InputFile::new(
                "demand.csv",
                text("demand.csv").replace("2015,2,", "1789,x,").as_bytes(),
            );
        }
    }
    files.push(circflow::input::InputFile::new("relations.csv", "project,kind,others\nline2,needs,line2\n"));
    let loaded = read_files(files);
    let codes: Vec<&str> =
        loaded.findings.0.iter().filter(|f| f.severity() == Severity::Error).map(|f| f.code.0).collect();
    assert_eq!(codes, ["E108", "E121", "E106", "E404"], "{:#?}", errors(&loaded));
}

#[test]
fn a_number_is_judged_even_where_what_it_belongs_to_is_faulty() {
    let mut files = with("processes.csv", &text("processes.csv").replace("quarry,10,", "quarry,-10,"));
    for file in files.iter_mut().filter(|file| file.name == "activity.csv") {
        let activity = text("activity.csv").replace(",8,", ",NaN,");
        *file = circflow::input::InputFile::new("activity.csv", activity.as_bytes());
    }
    let loaded = read_files(files);
    let codes: Vec<&str> = loaded.findings.0.iter().map(|finding| finding.code.0).collect();
    assert!(codes.contains(&"E109") && codes.contains(&"E131"), "{:#?}", errors(&loaded));
}

/// Codes in the sources, outside the texts.
fn codes_used() -> BTreeMap<String, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("texts") {
                    walk(&path, found);
                }
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for part in code.split('"').filter(|part| is_code(part)) {
                found.insert(part.to_owned(), path.display().to_string());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn is_code(text: &str) -> bool {
    text.len() == 4 && text.starts_with(['E', 'W', 'N']) && text[1..].bytes().all(|b| b.is_ascii_digit())
}

/// Slots of a text; a pair `x_zh`, `x_en` (or `x` beside `x_zh`) is one slot in two languages.
fn slots(text: &str) -> BTreeSet<String> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts
        .map(|(slot, _)| {
            let slot = slot.strip_suffix("_zh").or_else(|| slot.strip_suffix("_en")).unwrap_or(slot);
            slot.strip_suffix("_base").unwrap_or(slot).to_owned()
        })
        .collect()
}

#[test]
fn every_code_has_its_texts_in_both_languages() {
    let used = codes_used();
    assert!(used.len() > 80, "the scan sees the sources");
    let mut seen = BTreeSet::new();
    for text in texts::all() {
        assert!(seen.insert(text.code), "{} stands twice", text.code);
        assert!(is_code(text.code), "{}", text.code);
        assert_eq!(slots(text.zh), slots(text.en), "{}: slots", text.code);
        let severity = match &text.code[..1] {
            "E" => Severity::Error,
            "W" => Severity::Warning,
            _ => Severity::Note,
        };
        assert_eq!(text.severity, severity, "{}", text.code);
        for words in [text.zh, text.en, text.explain_zh, text.explain_en] {
            assert!(words.chars().count() >= 4, "{}: {words:?}", text.code);
        }
        assert!(text.zh.chars().any(|c| c > '\u{2e80}') && text.explain_zh.chars().any(|c| c > '\u{2e80}'));
        assert!(used.contains_key(text.code), "{} is used nowhere", text.code);
    }
    for (code, file) in &used {
        assert!(seen.contains(code.as_str()), "{code} of {file} has no text");
    }
}
