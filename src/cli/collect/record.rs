//! What returns and actual figures say, in words and as a table.

use crate::cli::terminal::Terminal;
use crate::diagnostic::Language;
use crate::input::returns::{Remark, RemarkKind};
use crate::output::row::{Field, Kind, Rows, field, head};
use std::path::{Path, PathBuf};

/// All kinds, the worst first.
const KINDS: [RemarkKind; 9] = [
    RemarkKind::Conflict,
    RemarkKind::NotTheirs,
    RemarkKind::OtherUnit,
    RemarkKind::Unreadable,
    RemarkKind::OtherYear,
    RemarkKind::Unnamed,
    RemarkKind::LeftOut,
    RemarkKind::Changed,
    RemarkKind::Added,
];

/// The word of what a remark is.
fn word(kind: RemarkKind, terminal: &Terminal) -> &'static str {
    match kind {
        RemarkKind::Conflict => terminal.pick("冲突，未采用", "conflict, not taken"),
        RemarkKind::NotTheirs => terminal.pick("不是本单位的，未采用", "not theirs, not taken"),
        RemarkKind::OtherUnit => {
            terminal.pick("单位与模型不同，未采用", "in another unit than the model's, not taken")
        }
        RemarkKind::Unreadable => terminal.pick(
            "读不懂或必填而空，未采用",
            "not to be read, or nothing where something must be, not taken",
        ),
        RemarkKind::OtherYear => terminal.pick("其他年份的行，未采用", "a row of another year, not taken"),
        RemarkKind::Unnamed => terminal.pick("没有编号的行，未采用", "a row that names nothing, not taken"),
        RemarkKind::LeftOut => terminal.pick("删去了行，仍保留", "row left out, kept"),
        RemarkKind::Changed => terminal.pick("改动", "changed"),
        RemarkKind::Added => terminal.pick("新增", "added"),
    }
}

/// What is not taken, line by line, and how much is.
pub(in crate::cli) fn lines(remarks: &[Remark], terminal: &Terminal) -> Vec<String> {
    let told = remarks.iter().filter(|remark| !remark.kind.is_taken()).map(|remark| {
        let said = remark.said.iter().map(|(who, what)| format!("{who}: {what}")).collect::<Vec<_>>();
        let Remark { table, row, column, before, .. } = remark;
        format!("{} {table} [{row}] {column} {before} ← {}", word(remark.kind, terminal), said.join(" | "))
    });
    let mut lines: Vec<String> = told.collect();
    for kind in KINDS.into_iter().filter(|kind| kind.is_taken()) {
        let count = remarks.iter().filter(|remark| remark.kind == kind).count();
        lines.push(format!("{} {count}", word(kind, terminal)));
    }
    lines
}

/// The same as counts for programs.
pub(in crate::cli) fn counts(remarks: &[Remark]) -> serde_json::Value {
    let count = |kind| remarks.iter().filter(|remark| remark.kind == kind).count();
    serde_json::json!({
        "conflicts": count(RemarkKind::Conflict), "not_theirs": count(RemarkKind::NotTheirs),
        "other_unit": count(RemarkKind::OtherUnit), "unnamed": count(RemarkKind::Unnamed),
        "unreadable": count(RemarkKind::Unreadable), "other_year": count(RemarkKind::OtherYear),
        "left_out": count(RemarkKind::LeftOut), "changed": count(RemarkKind::Changed),
        "added": count(RemarkKind::Added),
    })
}

/// The file of a name that ends so, beside a folder.
pub(in crate::cli) fn beside(folder: &Path, ending: &str) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    folder.with_file_name(format!("{name}.{ending}"))
}

/// Everything that the returns say, as CSV for a spreadsheet program; first what is to be said of units (what it is, who,
/// details).
pub(in crate::cli) fn record(
    units: &[(String, String, String)],
    remarks: &[Remark],
    terminal: &Terminal,
) -> String {
    const FIELDS: &[Field] = &[
        field("what", Kind::Text, "种类", "what it is"),
        field("table", Kind::Text, "表", "table"),
        field("row", Kind::Text, "行", "row"),
        field("column", Kind::Text, "列", "column"),
        field("before", Kind::Text, "原值", "in the model"),
        field("who", Kind::Text, "单位", "unit"),
        field("says", Kind::Text, "所报", "what it says"),
    ];
    let mut rows = Rows::new(FIELDS);
    for (what, who, says) in units {
        let [what, who, says] = [what, who, says].map(|text| text.as_str().into());
        rows.row(&[what, "".into(), "".into(), "".into(), "".into(), who, says]);
    }
    for remark in remarks {
        for (who, says) in &remark.said {
            rows.row(&[
                word(remark.kind, terminal).into(),
                remark.table.as_str().into(),
                remark.row.as_str().into(),
                remark.column.as_str().into(),
                remark.before.as_str().into(),
                who.as_str().into(),
                says.as_str().into(),
            ]);
        }
    }
    let chinese: Vec<Field> = FIELDS.iter().map(|field| Field { name: field.zh, ..*field }).collect();
    let header = match terminal.language() {
        Language::Zh => head(&chinese),
        Language::En => head(FIELDS),
    };
    let bytes = [header, rows.end()].concat();
    String::from_utf8_lossy(&bytes).into_owned()
}
