//! The superior's own form, filled in without losing what is in it.

use super::{Ran, circflow};
use circflow::diagnostic::Language;
use circflow::report::submission::form::fillings;
use circflow::report::workbook::filled::{Filling, NotFilled, filled};
use circflow::report::workbook::{Book, Cell, Content, Sheet, Style, xlsx};

/// A form with a title, a cell to fill, a formula, and words on a second sheet.
fn form() -> Vec<u8> {
    let cell = |text: &str| Cell::text(text, Style::Plain);
    let formula = Cell { content: Content::Formula("B2*100".to_owned(), Some(0.0)), ..Cell::default() };
    let first = vec![
        vec![cell("上级的表")],
        vec![cell("固废综合利用率"), Cell::number(0.0, Style::Percent(1))],
        vec![cell("百分数"), formula],
        Vec::new(),
        vec![cell("合并的格子"), Cell::default(), Cell::default()],
    ];
    let sheets = vec![
        Sheet {
            name: "表 1".to_owned(),
            rows: first,
            widths: vec![20.0, 12.0],
            merged: vec![(4, 0, 2)],
            ..Sheet::default()
        },
        Sheet { name: "说明".to_owned(), rows: vec![vec![cell("不要改动")]], ..Sheet::default() },
    ];
    let bytes = xlsx::bytes(&Book { title: "form".to_owned(), sheets }).unwrap();
    // Excel itself does not ask for formulas to be computed anew when the file is opened.
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts(&bytes) {
        writer.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        let asks = " fullCalcOnLoad=\"1\"";
        let bytes = match name.as_str() {
            "xl/workbook.xml" => String::from_utf8(bytes).unwrap().replacen(asks, "", 1).into_bytes(),
            _ => bytes,
        };
        std::io::Write::write_all(&mut writer, &bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a workbook's file by name.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
            (part.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn cells_are_filled_and_everything_else_stays_byte_for_byte() {
    let form = form();
    let number = |number| Filling::Number(number);
    let cells = [
        ("表 1!B2".to_owned(), number(0.652)),
        ("'表 1'!$D$9".to_owned(), Filling::Text("<达标> & ok".to_owned())),
        ("表 1!B3".to_owned(), number(1.0)),
        ("表 9!A1".to_owned(), number(1.0)),
        ("no_such_name".to_owned(), number(1.0)),
        ("'表 1'!$B$2".to_owned(), number(0.9)),
        ("表 1!B5".to_owned(), number(5.0)),
    ];
    let done = filled(&form, &cells).unwrap();
    let left = |name: &str, why| (name.to_owned(), why);
    assert_eq!(
        done.left,
        [
            left("表 9!A1", NotFilled::Nowhere),
            left("no_such_name", NotFilled::Nowhere),
            left("'表 1'!$B$2", NotFilled::Twice),
            left("表 1!B5", NotFilled::Merged),
            left("表 1!B3", NotFilled::Formula)
        ]
    );
    let (before, after) = (parts(&form), parts(&done.bytes));
    assert_eq!(before.len(), after.len());
    let changed: Vec<&str> =
        before.iter().zip(&after).filter(|(a, b)| a != b).map(|((name, _), _)| name.as_str()).collect();
    assert_eq!(changed, ["xl/workbook.xml", "xl/worksheets/sheet1.xml"]);
    let sheet = after.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap();
    let sheet = String::from_utf8(sheet.1.clone()).unwrap();
    assert!(sheet.contains("<v>0.652</v>") && sheet.contains("&lt;达标&gt; &amp; ok"), "{sheet}");
    assert!(sheet.contains("B2*100"), "the formula stays");
    let book = after.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap();
    assert!(String::from_utf8_lossy(&book.1).contains("fullCalcOnLoad=\"1\""));
}

#[test]
fn what_stands_for_several_cells_or_for_none_is_left() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts(&form()) {
        writer.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        let bytes = match name.as_str() {
            "xl/workbook.xml" => {
                let names = "</sheets><definedNames><definedName name=\"val\" localSheetId=\"0\">'表 1'!$D$1</definedName>\
                             <definedName name=\"val\" localSheetId=\"1\">说明!$D$1</definedName>\
                             <definedName name=\"one\">说明!$E$1</definedName></definedNames>";
                String::from_utf8(bytes).unwrap().replacen("</sheets>", names, 1).into_bytes()
            }
            "xl/worksheets/sheet1.xml" => {
                let text = String::from_utf8(bytes).unwrap();
                let (before, after) = text.split_once("<f>B2*100</f>").expect("the formula of the form");
                format!("{before}<f t=\"array\" ref=\"B3:B4\">B2*100</f>{after}").into_bytes()
            }
            _ => bytes,
        };
        std::io::Write::write_all(&mut writer, &bytes).unwrap();
    }
    let form = writer.finish().unwrap().into_inner();
    let cells = ["val", "one", "表 1!ZZZ5", "表 1!A2000000", "表 1!XFD1048576", "表 1!B4"];
    let cells: Vec<(String, Filling)> =
        cells.iter().map(|cell| ((*cell).to_owned(), Filling::Number(1.0))).collect();
    let mut left = filled(&form, &cells).unwrap().left;
    left.sort_by(|a, b| a.0.cmp(&b.0));
    let is = |name: &str, why| (name.to_owned(), why);
    assert_eq!(
        left,
        [
            is("val", NotFilled::Ambiguous),
            is("表 1!A2000000", NotFilled::Outside),
            is("表 1!B4", NotFilled::Formula),
            is("表 1!ZZZ5", NotFilled::Outside),
        ]
    );
}

#[test]
fn a_map_names_figures_by_indicator_place_and_kind() {
    let ran = Ran::of(crate::hamlet::sound());
    let wanted = [
        "ce2017-07",
        "ce2017-07.percent",
        "ce2017-07.target",
        "ce2017-07.grade",
        "ce2017-07.unit",
        "ce2017-07.base",
        "year",
        "place",
        "text: 填表人",
        "ce2017-07@north",
        "ce2017-99",
        "ce2017-07@nowhere",
        "ce2017-07.colour",
        "ce2017-01",
        "ce2017-14.percent",
    ];
    let by_name = [("A".to_owned(), "一般工业固体废物综合利用率@市".to_owned())];
    let named = ran.filed(Language::Zh, 2018, &[], |filing| fillings(filing, &by_name));
    let map: Vec<(String, String)> =
        wanted.iter().enumerate().map(|(at, wanted)| (format!("A{at}"), (*wanted).to_owned())).collect();
    let found = ran.filed(Language::Zh, 2018, &[], |filing| fillings(filing, &map));
    let data = ran.data(2018);
    let figures = data["indicators"].as_array().unwrap();
    let value = figures.iter().find(|f| f["indicator"] == "ce2017-07").unwrap()["value"].as_f64().unwrap();
    let is = |at: usize| found[at].1.clone().unwrap();
    assert_eq!(is(0), Filling::Number(value));
    assert_eq!(named[0].1, Ok(Filling::Number(value)), "by the names of indicator and place");
    assert_eq!(is(1), Filling::Number(value * 100.0));
    assert_eq!(is(2), Filling::Number(0.6));
    assert!(matches!(is(3), Filling::Text(grade) if grade.contains("达标")));
    assert_eq!(is(4), Filling::Text("%".to_owned()));
    assert!(matches!(is(5), Filling::Number(base) if base >= 0.0));
    assert_eq!(
        [is(6), is(7), is(8)],
        [Filling::Number(2018.0), Filling::Text("小村".to_owned()), Filling::Text("填表人".to_owned())]
    );
    assert!(matches!(is(9), Filling::Number(_)));
    assert!(found[10..].iter().all(|(_, filling)| filling.is_err()), "{:?}", &found[10..]);
}

#[test]
fn the_command_fills_a_form_and_tells_what_it_could_not() {
    let folder = tempfile::tempdir().unwrap();
    assert!(circflow(folder.path(), &["new", "park", "--minimal", "--quiet"]).status.success());
    std::fs::write(folder.path().join("上级.xlsx"), form()).unwrap();
    std::fs::write(
        folder.path().join("map.toml"),
        "\"表 1!B2\" = \"year\"\n\"表 1!B3\" = \"year\"\n\"表 1!C1\" = \"ce9\"\n",
    )
    .unwrap();
    let words =
        ["submit", "park", "--year", "2018", "--lang", "en", "--form", "上级.xlsx", "--map", "map.toml"];
    let output = circflow(folder.path(), &words);
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(told.matches("W807").count(), 2, "{told}");
    assert!(told.contains("W809"), "the park is invented: {told}");
    let done =
        std::fs::read(folder.path().join("submissions/minimal/2018-01/form-illustrative-上级.xlsx")).unwrap();
    assert!(parts(&done).iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("<v>2018</v>")));
    // A form of the submission's own name does not take its place.
    std::fs::copy(folder.path().join("上级.xlsx"), folder.path().join("submission.xlsx")).unwrap();
    let same = words.map(|word| if word == "上级.xlsx" { "submission.xlsx" } else { word });
    assert_eq!(circflow(folder.path(), &same).status.code(), Some(0));
    let own = std::fs::read(folder.path().join("submissions/minimal/2018-02/submission.xlsx")).unwrap();
    assert!(parts(&own).len() > parts(&form()).len() + 10, "the submission has all its sheets");
    // A form that is no workbook is told as such.
    std::fs::write(folder.path().join("上级.xlsx"), "no workbook").unwrap();
    let output = circflow(folder.path(), &words);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("E023"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::fs::write(folder.path().join("map.toml"), "A1 = [").unwrap();
    let output = circflow(folder.path(), &words);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("E803"));
    assert!(!folder.path().join("submissions/minimal/2018-03").exists(), "nothing is written then");
}
