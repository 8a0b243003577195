//! Sources that disagree: rows kept side by side, shown as a range, never computed with.

use crate::hamlet::{errors, lines, with};
use circflow::diagnostic::Language;
use circflow::input::{Loaded, read_files};
use circflow::report::opened;
use circflow::report::summary::Subject;
use circflow::study::{self, StudyOptions};

const HEADER: &str = "key,place,year,value,unit,source,quality,alternative_of\n";

fn with_rows(rows: &str) -> Loaded {
    read_files(with("statistics.csv", &format!("{HEADER}{rows}")))
}

#[test]
fn the_other_source_is_shown_as_a_range_and_not_averaged() {
    let one = "straw_collectable,city,2015,60,万t,yearbook,official,\n";
    let alone = with_rows(one);
    let loaded = with_rows(&format!(
        "straw_collectable,city,2015,900000,t,forum page,secondary,yearbook\n{one}\
         straw_collectable,city,2015,45,万t,thesis,published,yearbook\n"
    ));
    assert_eq!(errors(&loaded), [""; 0]);
    assert_eq!(
        lines(&loaded, "N105", Language::En),
        [
            "note N105 statistics.csv line 2 column “value”: sources disagree: 60–90 万t; line 3 with 60 is used",
            "note N105 statistics.csv line 4 column “value”: sources disagree: 45–60 万t; line 3 with 60 is used",
        ]
    );
    let used = |loaded: &Loaded| {
        loaded.base.statistics.iter().map(|s| (s.key.clone(), s.value(2015))).collect::<Vec<_>>()
    };
    assert_eq!(used(&loaded), used(&alone));
    assert_eq!(used(&loaded), [("straw_collectable".to_owned(), Some((600_000.0, false)))]);
    let ranges: Vec<_> = loaded.base.alternatives.iter().map(|a| a.range()).collect();
    assert_eq!(ranges, [(60.0, 90.0), (45.0, 60.0)]);
}

#[test]
fn an_indicator_that_rests_on_it_says_so() {
    let rows = "straw_collectable,city,2015,60,万t,yearbook,official,\n\
                straw_collectable,city,2015,90,万t,forum page,secondary,yearbook\n\
                straw_used,city,2015,30,万t,yearbook,official,\n";
    let loaded = with_rows(rows);
    assert_eq!(errors(&loaded), [""; 0]);
    let run = study::run(&loaded, &StudyOptions::default()).expect("the hamlet runs");
    let subject = Subject {
        models: &loaded.models,
        definitions: &loaded.definitions,
        run: &run,
        language: Language::En,
    };
    let straw = run.scenarios[0]
        .indicators
        .iter()
        .find(|value| loaded.definitions[value.definition].key == "ce2017-06" && value.year == 2015);
    let straw = straw.expect("the straw rate");
    assert_eq!(straw.value.as_ref().ok(), Some(&0.5), "the row used, not a mean");
    let text = opened::open(&subject, 0, straw).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("sources disagree: statistics 2 value is 60–90 万t (the other: forum page)"),
        "{text}"
    );
}

#[test]
fn rows_that_cannot_stand_beside_others() {
    let one = "straw_collectable,city,2015,60,万t,yearbook,official,\n";
    let codes = |rows: &str| {
        let loaded = with_rows(&format!("{one}{rows}"));
        loaded.findings.0.iter().map(|f| f.code.0).filter(|c| *c != "N105").collect::<Vec<_>>()
    };
    let beside = codes("");
    let with_code = |code: &'static str| {
        let mut all = beside.clone();
        all.push(code);
        all.sort_unstable();
        all
    };
    let sorted = |rows: &str| {
        let mut found = codes(rows);
        found.sort_unstable();
        found
    };
    // Another year, a source that nobody cites, a unit of another dimension, a word, the same number.
    assert_eq!(sorted("straw_collectable,city,2016,90,万t,forum,secondary,yearbook\n"), with_code("E163"));
    assert_eq!(sorted("straw_collectable,city,2015,90,万t,forum,secondary,yearbok\n"), with_code("E163"));
    assert_eq!(sorted("straw_collectable,city,2015,90,万m3,forum,secondary,yearbook\n"), with_code("E164"));
    assert_eq!(sorted("straw_collectable,city,2015,many,万t,forum,secondary,yearbook\n"), with_code("E164"));
    assert_eq!(sorted("straw_collectable,city,2015,60,万t,forum,secondary,yearbook\n"), with_code("W103"));
    // Without the mark it is the same thing twice.
    assert_eq!(sorted("straw_collectable,city,2015,90,万t,forum,secondary,\n"), with_code("E130"));
}

#[test]
fn the_reference_city_keeps_both_figures_of_the_gangue_heap() {
    let loaded = circflow::input::reference_city();
    let heap = loaded.base.alternatives.iter().find(|a| a.column == "opening_stock").expect("the heap");
    assert_eq!(heap.range(), (4200.0, 8000.0));
    let rule = loaded.base.market_rules.iter().find(|rule| rule.provenance == heap.used_row);
    assert_eq!(rule.and_then(|rule| rule.opening_stock).map(|stock| stock.central), Some(80_000_000.0));
}
