//! What a workbook may look like and still be read.

use super::{cells_of, fill, hamlet, read, told, told_of_sheets};
use crate::hamlet;
use circflow::input::{Loaded, read_folder};
use circflow::study::{self, StudyOptions};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

/// Everything a model says but where its rows stand.
fn figures(loaded: &Loaded) -> String {
    let run = study::run(loaded, &StudyOptions::default()).expect("the model runs");
    run.years().map(|(_, year)| format!("{:?} {:?}\n", year.flows, year.activity)).collect()
}

#[test]
fn a_workbook_is_the_same_model_as_the_folder() {
    let loaded = read(hamlet(|_, _| false));
    assert_eq!(told(&loaded), told_of_sheets(&hamlet::sound()));
    assert_eq!(figures(&loaded), figures(&hamlet::sound()));
    assert_eq!(loaded.base.settings, hamlet::sound().base.settings);
    assert_eq!(loaded.inputs.len(), 1, "the workbook itself is the input");
}

#[test]
fn a_folder_that_holds_one_workbook_alone_is_that_workbook() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("小村.xlsx"), hamlet(|_, _| false)).unwrap();
    assert_eq!(figures(&read_folder(folder.path())), figures(&hamlet::sound()));
    assert_eq!(figures(&read_folder(&folder.path().join("小村.xlsx"))), figures(&hamlet::sound()));
}

#[test]
fn titles_units_sums_notes_and_sheets_of_ones_own_do_no_harm() {
    let bytes = hamlet(|file, page| {
        if file != "duties.csv" {
            return false;
        }
        let title = Format::new().set_bold();
        page.merge_range(0, 0, 0, 3, "各县区设立资金的责任（2016 年）", &title).unwrap();
        page.write_string(1, 0, "单位：万元").unwrap();
        fill(page, 3, &[["地点*", "资金", "金额（万元）", "期限"].map(str::to_owned).to_vec()]);
        fill(page, 4, &[["north", "north_fund", "300", "2016年7月31日"].map(str::to_owned).to_vec()]);
        fill(page, 5, &[["合计", "", "300", ""].map(str::to_owned).to_vec()]);
        page.write_string(6, 0, "注：金额为最低数。").unwrap();
        true
    });
    let loaded = read(bytes);
    assert_eq!(
        told(&loaded)[..2],
        ["N022 小村.xlsx!duties:6", "N022 小村.xlsx!duties:7"],
        "{:?}",
        told(&loaded)
    );
    assert_eq!(figures(&loaded), figures(&hamlet::sound()));
    let (duty, same) = (&loaded.base.duties[0], &hamlet::sound().base.duties[0]);
    assert_eq!((duty.amount, duty.due), (same.amount, same.due));
}

#[test]
fn dates_are_read_in_every_form_that_excel_stores() {
    let july = ExcelDateTime::from_ymd(2016, 7, 31).unwrap();
    let shown = Format::new().set_num_format("yyyy\"年\"m\"月\"");
    let forms: [&dyn Fn(&mut rust_xlsxwriter::Worksheet); 5] = [
        &|page| drop(page.write_datetime_with_format(1, 3, &july, &shown)),
        &|page| drop(page.write_number(1, 3, 42_582.0)),
        &|page| drop(page.write_number(1, 3, 201_607.0)),
        &|page| drop(page.write_string(1, 3, "2016.7.31")),
        &|page| drop(page.write_formula(1, 3, Formula::new("=DATE(2016,7,31)").set_result("42582"))),
    ];
    for (number, form) in forms.into_iter().enumerate() {
        let loaded = read(hamlet(|file, page| {
            if file == "duties.csv" {
                fill(page, 0, &cells_of(file));
                form(page);
            }
            file == "duties.csv"
        }));
        assert_eq!(told(&loaded), told_of_sheets(&hamlet::sound()), "form {number}");
        let due = loaded.base.duties[0].due;
        assert_eq!(due.to_string(), "2016-07", "form {number}");
    }
}

#[test]
fn numbers_as_text_percents_and_merged_cells_are_understood() {
    let percent = Format::new().set_num_format("0%");
    let loaded = read(hamlet(|file, page| match file {
        "targets.csv" => {
            fill(page, 0, &cells_of(file));
            page.write_number_with_format(1, 3, 0.6, &percent).unwrap();
            true
        }
        "processes.csv" => {
            fill(page, 0, &cells_of(file));
            page.write_string(1, 4, " １０ ").unwrap();
            true
        }
        "financing.csv" => {
            let cells = cells_of(file);
            fill(page, 0, &cells);
            // line2 is written once, over its two rows.
            page.merge_range(1, 0, 2, 0, "line2", &Format::new()).unwrap();
            true
        }
        _ => false,
    }));
    assert_eq!(told(&loaded), told_of_sheets(&hamlet::sound()));
    assert_eq!(figures(&loaded), figures(&hamlet::sound()));
}

#[test]
fn mixes_may_be_a_matrix() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (file, _) in hamlet::FILES {
        let page = workbook.add_worksheet();
        page.set_name(super::sheet_of(file)).unwrap();
        fill(page, 0, &cells_of(file));
    }
    let page = workbook.add_worksheet();
    page.set_name("情景").unwrap();
    let rows =
        [["编号", "名称", "基准", "理由"], ["a", "甲案", "是", "基准"], ["b", "乙案", "否", "少建一个"]];
    fill(page, 0, &rows.map(|row| row.map(str::to_owned).to_vec()));
    let page = workbook.add_worksheet();
    page.set_name("项目组合").unwrap();
    let rows = [["项目", "甲案", "乙案"], ["砖厂二线", "建", "不建"], ["line3", "建", "6"]];
    fill(page, 0, &rows.map(|row| row.map(str::to_owned).to_vec()));
    let loaded = read(workbook.save_to_buffer().unwrap());
    assert!(!loaded.findings.has_errors(), "{:?}", told(&loaded));
    assert_eq!(loaded.models.len(), 2);
    let start = |model: usize| {
        format!("{:?}", loaded.models[model].scenarios[loaded.models[model].scenario].decisions)
    };
    assert_ne!(start(0), start(1));
}

#[test]
fn a_large_sheet_is_read_within_its_time() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (file, _) in hamlet::FILES {
        let page = workbook.add_worksheet();
        page.set_name(super::sheet_of(file)).unwrap();
        fill(page, 0, &cells_of(file));
    }
    let page = workbook.add_worksheet();
    page.set_name("统计").unwrap();
    fill(page, 0, &[["key", "place", "year", "value"].map(str::to_owned).to_vec()]);
    for row in 0..20_000_u32 {
        page.write_string(row + 1, 0, format!("nothing{row}")).unwrap();
        page.write_string(row + 1, 1, "city").unwrap();
        page.write_number(row + 1, 2, 2015).unwrap();
        page.write_number(row + 1, 3, f64::from(row)).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let begin = std::time::Instant::now();
    let loaded = read(bytes);
    assert!(loaded.findings.0.iter().any(|finding| finding.spot.file == "小村.xlsx!统计"));
    assert!(begin.elapsed().as_secs() < 20, "a debug build on a busy machine");
}

#[test]
fn sheets_are_known_by_what_clerks_call_them() {
    for (file, sheet) in [
        ("duties.csv", "责任表"),
        ("duties.csv", "责任2018"),
        ("targets.csv", "2018年目标"),
        ("funds.csv", "3.资金一览表"),
    ] {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for (name, _) in crate::hamlet::FILES {
            let page = workbook.add_worksheet();
            page.set_name(if name == file { sheet } else { super::sheet_of(name) }).unwrap();
            fill(page, 0, &cells_of(name));
        }
        let loaded = read(workbook.save_to_buffer().unwrap());
        assert_eq!(figures(&loaded), figures(&hamlet::sound()), "{sheet}: {:?}", told(&loaded));
        assert_eq!(loaded.base.duties.len(), 1, "{sheet}");
        assert_eq!(loaded.base.targets.len(), 1, "{sheet}");
    }
}

#[test]
fn a_number_merged_over_rows_counts_once_and_a_row_called_total_is_a_row() {
    let loaded = read(hamlet(|file, page| match file {
        "financing.csv" => {
            fill(page, 0, &cells_of(file));
            page.merge_range(2, 2, 3, 2, "", &Format::new()).unwrap();
            page.write_number(2, 2, 60.0).unwrap();
            true
        }
        "enterprises.csv" => {
            fill(page, 0, &cells_of(file));
            page.write_string(3, 0, "total").unwrap();
            page.write_string(3, 1, "总计公司").unwrap();
            page.write_string(3, 2, "park").unwrap();
            true
        }
        _ => false,
    }));
    assert!(told(&loaded).contains(&"W023 小村.xlsx!financing:4:amount".to_owned()), "{:?}", told(&loaded));
    assert!(told(&loaded).contains(&"E105 小村.xlsx!financing:4:amount".to_owned()), "{:?}", told(&loaded));
    assert!(loaded.base.enterprises.iter().any(|enterprise| enterprise.key == "total"));
}

#[test]
fn a_month_whose_last_digit_excel_has_lost_is_told() {
    let with = |number: f64| {
        let shown = Format::new().set_num_format("0.00");
        told(&read(hamlet(|file, page| {
            if file == "duties.csv" {
                fill(page, 0, &cells_of(file));
                page.write_number_with_format(1, 3, number, &shown).unwrap();
            }
            file == "duties.csv"
        })))
    };
    assert!(with(2017.10).contains(&"W024 小村.xlsx!duties:2:due".to_owned()), "{:?}", with(2017.10));
    assert!(!with(2017.11).iter().any(|line| line.starts_with("W024")), "{:?}", with(2017.11));
}
