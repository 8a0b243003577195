//! Bad input: a message with place and hint, never a panic. (What concerns outputs stands with the doors.)

use crate::hamlet::{FILES, errors, lines, patched, sound, text, with};
use circflow::diagnostic::Language;
use circflow::input::catalogue::shipped;
use circflow::input::{InputFile, Loaded, read_files, read_folder};

/// Codes of the errors, in order.
fn codes(loaded: &Loaded) -> Vec<&'static str> {
    use circflow::diagnostic::Severity;
    loaded.findings.0.iter().filter(|f| f.severity() == Severity::Error).map(|f| f.code.0).collect()
}

/// The hamlet with a file replaced or added.
fn replaced(name: &str, text: &str) -> Loaded {
    read_files(with(name, text))
}

#[test]
fn missing_folder_and_files() {
    let loaded = read_folder(std::path::Path::new("/no/such/folder"));
    assert_eq!(codes(&loaded), ["E001"]);
    let none = read_files(Vec::new());
    assert_eq!(codes(&none), ["E002", "E002", "E002"], "{:?}", errors(&none));
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("README.md"), "not ours").unwrap();
    assert_eq!(codes(&read_folder(folder.path())), [""; 0]);
    std::fs::remove_file(folder.path().join("processes.csv")).unwrap();
    assert!(codes(&read_folder(folder.path())).contains(&"E002"));
}

#[test]
fn files_of_unknown_or_reserved_names() {
    assert_eq!(codes(&replaced("proyects.csv", "id\n")), ["E006"]);
    assert!(errors(&replaced("proyects.csv", "id\n"))[0].contains("the nearest is “projects”"));
    assert_eq!(codes(&replaced("correlations.csv", "id\n")), ["E007"]);
    assert_eq!(codes(&replaced("存量.csv", "id\n")), ["E006"]);
    assert_eq!(codes(&replaced("相关.csv", "id\n")), ["E007"]);
    assert_eq!(codes(&replaced("model.xlsx", "x")), ["E011"]);
    assert_eq!(codes(&replaced("地点.csv", "id\n")), ["E015"]);
}

#[test]
fn settings_that_cannot_be_used() {
    assert_eq!(codes(&patched("model.toml", "base_year = 2015", "base_year = ")), ["E003"]);
    let unknown = patched("model.toml", "horizon", "horizont");
    assert_eq!(codes(&unknown).iter().filter(|c| **c == "E004").count(), 1, "{:?}", errors(&unknown));
    assert!(codes(&patched("model.toml", "horizon = 2018", "horizon = 2001")).contains(&"E005"));
    assert!(codes(&patched("model.toml", "\"hamlet\"", "\"../hamlet\"")).contains(&"E005"));
    assert!(codes(&patched("model.toml", "ce-2017", "ce-2071")).contains(&"E501"));
}

#[test]
fn bytes_that_are_no_table() {
    let binary = |bytes: &[u8]| {
        let mut files = with("demand.csv", "");
        files.pop();
        files.push(InputFile::new("demand.csv", bytes));
        read_files(files)
    };
    assert_eq!(codes(&binary(b"PK\x03\x04\0\0")), ["E017"]);
    assert_eq!(codes(&binary(&[0x89, b'P', b'N', b'G', 0, 1, 2])), ["E017"]);
    assert_eq!(codes(&binary(b"material,quantity\nx,\xff\xfe\xff\n")), ["E016"]);
    assert_eq!(codes(&binary(b"")), ["E012"]);
    // A quote that is never closed swallows the file.
    let swallowed = format!("{}brick,\"city,2016,1,\n{}", text("demand.csv"), "x,y,2016,1,t\n".repeat(2000));
    assert_eq!(codes(&replaced("demand.csv", &swallowed)), ["E013"]);
}

#[test]
fn a_table_of_200_megabytes_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FILES {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    // A sparse file: the size is there, the disk is not filled.
    let file = std::fs::File::create(folder.path().join("demand.csv")).unwrap();
    file.set_len(200 * 1024 * 1024).unwrap();
    let begin = std::time::Instant::now();
    let loaded = read_folder(folder.path());
    assert!(begin.elapsed().as_secs() < 10);
    assert_eq!(codes(&loaded), ["E009"]);
    // One that is needed is there, only too large: it is not told to be missing as well.
    let needed = std::fs::File::create(folder.path().join("places.csv")).unwrap();
    needed.set_len(200 * 1024 * 1024).unwrap();
    assert_eq!(codes(&read_folder(folder.path())), ["E009", "E009"]);
    assert_eq!(
        lines(&loaded, "E009", Language::En),
        ["error E009 demand.csv: the file has 200 MB; a table may have at most 64 MB"]
    );
}

#[test]
fn a_table_at_the_limit_of_size_full_of_faults_is_told_briefly() {
    let mut rows = "material,place,year,quantity,unit\n".to_owned();
    while rows.len() < 8 * 1024 * 1024 {
        rows.push_str("nothing,nowhere,19,x,furlong\n");
    }
    let begin = std::time::Instant::now();
    let loaded = replaced("demand.csv", &rows);
    assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
    assert!(loaded.findings.0.len() < 400, "{}", loaded.findings.0.len());
    assert!(!lines(&loaded, "N104", Language::Zh).is_empty());
}

#[test]
fn a_table_that_is_missing_or_unreadable_is_told_once_not_at_every_row_that_names_it() {
    let without: Vec<InputFile> =
        with("places.csv", "").into_iter().filter(|f| f.name != "places.csv").collect();
    let codes = |files: Vec<InputFile>| -> Vec<&'static str> {
        let findings = read_files(files).findings.0;
        findings.iter().map(|finding| finding.code.0).filter(|code| !code.starts_with('N')).collect()
    };
    assert_eq!(codes(without), ["E002"]);
    assert_eq!(codes(with("places.csv", "\u{0}\u{1}\u{2}")), ["E017"]);
    assert_eq!(codes(with("activity.csv", "\u{0}\u{1}\u{2}")), ["E017"]);
    // A header that is not understood is one fault, not one at every row that now seems to lack something.
    let header = |name: &str, from: &str, to: &str| codes(with(name, &text(name).replacen(from, to, 1)));
    assert_eq!(header("processes.csv", "enterprise", "enterprize"), ["E101"]);
    assert_eq!(header("activity.csv", "level", "levle"), ["E103", "E101"]);
}

/// Codes of errors and warnings of the reference city with one text of one table replaced, and those that it has anyway.
fn city_with(table: &str, from: &str, to: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    let codes = |files: Vec<InputFile>| -> Vec<&'static str> {
        let findings = read_files(files).findings.0;
        findings.iter().map(|finding| finding.code.0).filter(|code| !code.starts_with('N')).collect()
    };
    let mut files = shipped("coal-city").expect("embedded");
    let whole = codes(files.clone());
    let file = files.iter_mut().find(|file| file.name == table).expect("a table of the city");
    let text = String::from_utf8(file.bytes.clone()).expect("text");
    assert!(text.contains(from), "{table} holds {from}");
    file.bytes = text.replacen(from, to, 1).into_bytes();
    (codes(files), whole)
}

#[test]
fn what_follows_from_a_fault_elsewhere_is_not_told_again() {
    // The city's warnings are all of projects with a financing gap, and stand where the sums can be trusted.
    let new = |(codes, whole): (Vec<&'static str>, Vec<&'static str>)| -> Vec<&'static str> {
        assert!(whole.iter().all(|code| *code == "W403") && !whole.is_empty(), "{whole:?}");
        codes.into_iter().filter(|code| *code != "W403").collect()
    };
    // Investments that are not read are not all exceeded.
    assert_eq!(new(city_with("projects.csv", "investment", "investmnt")), ["E103", "E101"]);
    // A project whose place is unknown still has its money, and no other one loses its own.
    let (codes, whole) = city_with("projects.csv", "ding-basalt-park", "ding-basalt-prk");
    assert_eq!(codes.iter().filter(|code| **code == "W403").count(), whole.len());
    assert_eq!(new((codes, whole)), ["E106"]);
    // Money paid to nobody: that some project now lacks it is the same fault.
    let (codes, _) = city_with("financing.csv", "\nbasalt-fibre-1,", "\nbasalt-fibre-x,");
    assert_eq!(codes, ["E106"]);
    // Changes of a table that cannot be read meet nothing, of course.
    let (codes, whole) = city_with("demand.csv", "material", "\u{0}\u{1}");
    assert_eq!(new((codes, whole)), ["E017"]);
}

#[test]
fn a_percentage_is_a_share_whatever_stands_beside_it() {
    assert_eq!(codes(&patched("activity.csv", ",8,", ",8%,")), ["E114"]);
    assert_eq!(codes(&patched("activity.csv", ",8,", ",８％,")), ["E114"]);
    assert_eq!(codes(&patched("activity.csv", ",8,", ",8±10%,")), [""; 0], "a deviation is relative");
    let target = |row: &str| {
        let loaded = replaced("targets.csv", &format!("indicator,place,year,value,unit\n{row}\n"));
        let value = loaded.models.first().map(|model| model.targets[0].value);
        (codes(&loaded), value)
    };
    for row in ["ce2017-07,city,2018,85%,", "ce2017-07,city,2018,85%,%", "ce2017-07,city,2018,85,%"] {
        assert_eq!(target(row), (vec![], Some(0.85)), "{row}");
    }
    assert_eq!(target("ce2017-01,city,2018,85%,").0, ["E241"]);
    // In a recipe a share is an amount per unit of the reference.
    assert_eq!(codes(&patched("recipes.csv", "spoil,0.15,,", "spoil,15%,,")), [""; 0]);
}

#[test]
fn headers() {
    assert_eq!(codes(&patched("demand.csv", "quantity", "amount")), ["E103", "E101"]);
    assert_eq!(codes(&patched("demand.csv", "place,year", "地点,place")), ["E103", "E102"]);
    assert_eq!(codes(&patched("demand.csv", "2,万m3", "2,万m3,7")), ["E014"]);
    assert_eq!(codes(&patched("demand.csv", "place,", ",")), ["E104"]);
    assert_eq!(codes(&patched("demand.csv", "brick,city,2015,2", "brick,city,2015,")), ["E105"]);
}

#[test]
fn references() {
    assert_eq!(codes(&patched("projects.csv", "key,park", "key,parc")), ["E106"]);
    let twins = format!("{}mine2,示例矿,park\n", text("enterprises.csv"));
    let mut files = with("enterprises.csv", &twins);
    files.retain(|file| file.name != "processes.csv");
    files.push(InputFile::new(
        "processes.csv",
        text("processes.csv").replace(",mine,", ",示例矿,").as_bytes(),
    ));
    assert_eq!(codes(&read_files(files)), ["E107"]);
    let near = replaced("enterprises.csv", &format!("{}x,示例 矿有限公司,park\n", text("enterprises.csv")));
    assert_eq!(codes(&near), [""; 0]);
    assert_eq!(lines(&near, "W101", Language::En).len(), 1);
}

#[test]
fn money_paid_to_nobody() {
    assert_eq!(codes(&patched("financing.csv", "line2,town", "line9,town")), ["E106"]);
    assert_eq!(codes(&patched("financing.csv", "line2,town", "line2,towne")), ["E106"]);
    assert_eq!(codes(&patched("appropriations.csv", "town", "nobody")), ["E106"]);
}

#[test]
fn money_that_may_not_be_paid() {
    assert_eq!(codes(&patched("funds.csv", "municipal,city,no,,", "municipal,city,no,general,")), ["E402"]);
    let elsewhere = text("places.csv").to_owned() + "south,南县,county,city\n";
    let mut files = with("places.csv", &elsewhere);
    files.retain(|file| file.name != "funds.csv");
    let funds = text("funds.csv").replace("municipal,city,no,,", "municipal,city,no,,south");
    files.push(InputFile::new("funds.csv", funds.as_bytes()));
    assert_eq!(codes(&read_files(files)), ["E403"]);
    assert_eq!(codes(&patched("financing.csv", "town,40,with_progress", "town,40,sometime")), ["E127"]);
}

#[test]
fn trees_and_circles() {
    assert_eq!(
        codes(&patched("places.csv", "north,北县,county,city", "north,北县,county,park")),
        ["E204", "E204"]
    );
    assert_eq!(
        codes(&patched("places.csv", "city,市,city,", "city,市,city,north")),
        ["E202", "E204", "E204", "E204"]
    );
    let needs = |rows: &str| codes(&replaced("relations.csv", &format!("project,kind,others\n{rows}")));
    assert_eq!(needs("line2,needs,line2\n"), ["E404"]);
    assert_eq!(needs("line2,needs,line3\nline3,needs,line2\n"), ["E404", "E404"]);
}

#[test]
fn rows_given_twice() {
    let twice = format!("{}brick,市,2015,3,万m3\n", text("demand.csv"));
    let loaded = replaced("demand.csv", &twice);
    assert_eq!(codes(&loaded), ["E130"], "a name and an id are the same place");
    let effects = "project,kind,process,material,operation,value\n\
                   line2,coefficient,burn,brick,=,0.5\nline3,coefficient,burn,brick,=,0.4\n";
    assert_eq!(codes(&replaced("effects.csv", effects)), ["E233"]);
}

#[test]
fn effects_that_meet_nothing() {
    let effect = |row: &str| {
        let text = format!("project,kind,process,role,material,statistic,operation,value,unit\n{row}\n");
        codes(&replaced("effects.csv", &text))
    };
    assert_eq!(effect("line2,coefficient,burn,,rock,,×,2,"), ["E237"]);
    assert_eq!(effect("line2,coefficient,burn,,vapour,,×,2,"), ["E236"]);
    assert_eq!(effect("line2,coefficient,burn,,,,×,2,"), ["E234"]);
    assert_eq!(effect("line2,level,burn,,,,+,2,t"), ["E235"]);
    assert_eq!(effect("line2,statistic,,,,water_use,+,2,t"), ["E114"]);
    assert_eq!(effect("line2,coefficient,burn,,brick,,×,-2,"), ["E109"]);
    assert_eq!(effect("line2,coefficient,burn,,brick,,×,2,"), [""; 0]);
}

#[test]
fn a_rest_on_a_row_that_cannot_bear_it() {
    // What the rest stands on takes all errors of the other rows: no product, no coal ash, nothing tiny.
    let quarry = "quarry,product,rock,1,,\nquarry,byproduct,spoil,0.15,,\nquarry,emission,vapour,rest";
    let with = |rows: &str| codes(&patched("recipes.csv", quarry, rows));
    let (rock, spoil) = ("quarry,product,rock", "quarry,byproduct,spoil");
    assert_eq!(with(&format!("{rock},rest,,\n{spoil},0.15,,\nquarry,emission,vapour,0.05")), ["E214"]);
    assert_eq!(with(&format!("{rock},1,,\n{spoil},0.15,,\nquarry,byproduct,ash,rest")), ["E214"]);
    assert_eq!(with(&format!("{rock},1,,\n{spoil},0.199,,\nquarry,emission,vapour,rest")), ["E240"]);
    assert_eq!(with(&format!("{rock},1,,\n{spoil},0.188,,\nquarry,emission,vapour,rest")), [""; 0]);
    assert_eq!(with(&format!("{rock},1,,\n{spoil},rest,,\nquarry,emission,vapour,0.05")), [""; 0]);
    assert_eq!(with(&format!("{rock},1,,\n{spoil},0.15±10%,,\nquarry,emission,vapour,0.05")), ["E243"]);
    assert_eq!(with(&format!("{rock},1,,\n{spoil},0.15,,\nquarry,emission,vapour,0.05")), [""; 0]);
}

#[test]
fn recipes_that_are_none() {
    assert_eq!(
        codes(&patched("recipes.csv", "press,emission,vapour,rest", "press,emission,brick,rest")),
        [""; 0]
    );
    assert_eq!(
        codes(&patched("recipes.csv", "quarry,byproduct,spoil,0.15", "quarry,byproduct,spoil,rest")),
        ["E212"]
    );
    assert_eq!(codes(&patched("recipes.csv", "press,feed,spoil,1,,", "press,feed,spoil,1,,dry")), ["E205"]);
    assert_eq!(codes(&patched("activity.csv", "dig", "burn")), ["E224"]);
    assert_eq!(codes(&patched("activity.csv", ",8,", ",rest,")), ["E118"]);
    assert_eq!(codes(&patched("activity.csv", ",8,", ",8±5,")), ["E119"]);
    assert_eq!(codes(&patched("activity.csv", ",8,", ",=level,")), ["E106"]);
}

#[test]
fn changes_that_cannot_be_made() {
    let change = |row: &str| {
        let mut files =
            with("changes.csv", &format!("scenario,table,row,column,operation,value,years\n{row}\n"));
        files.push(InputFile::new("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"));
        read_files(files)
    };
    let codes_of = |row: &str| codes(&change(row));
    assert_eq!(codes_of("other,demand,material=brick,quantity,×,1.5,"), [""; 0]);
    assert_eq!(codes_of("another,demand,material=brick,quantity,×,1.5,"), ["E106"], "no such scenario");
    assert_eq!(codes_of(",demand,material=brick,quantity,×,1.5,"), ["E105"]);
    assert_eq!(codes_of("other,demands,material=brick,quantity,×,1.5,"), ["E151"]);
    assert_eq!(codes_of("other,demand,material=brick,amount,×,1.5,"), ["E152"]);
    assert_eq!(codes_of("other,demand,matter=brick,quantity,×,1.5,"), ["E152"]);
    assert_eq!(codes_of("other,demand,material=brick,place,=,north,"), ["E153"]);
    assert_eq!(codes_of("other,demand,brick,quantity,×,1.5,"), ["E154"]);
    assert_eq!(codes_of("other,projects,*,investment,×,1.5,2016"), ["E155"]);
    assert_eq!(codes_of("other,demand,*,quantity,×,1.5,soon"), ["E156"]);
    assert_eq!(codes_of("other,demand,material=steel,quantity,×,1.5,"), ["E157"]);
    // Years between and after given ones are filled in first, so that they can be changed.
    assert_eq!(codes_of("other,demand,*,quantity,×,1.5,2016..2018"), [""; 0]);
    assert_eq!(codes_of("other,demand,*,quantity,×,1.5,2030"), ["E157"]);
    assert_eq!(codes_of("other,demand,*,growth,=,0.1,"), [""; 0]);
    assert_eq!(codes_of("other,demand,*,quantity,×,-1,"), ["E159"]);
    let worse = change("other,financing,project=line2;fund=own,amount,=,70,");
    assert_eq!(codes(&worse), ["E160", "E401"], "{:?}", errors(&worse));
}

#[test]
fn a_sound_model_survives_random_damage_without_a_panic() {
    // A small counter generator: the damage is the same in every run.
    let mut state = 7_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let pieces = [
        ",",
        "\n",
        "\"",
        "rest",
        "-1",
        "NaN",
        "=x",
        "×",
        "±",
        "999999999999999999999",
        "煤",
        ";",
        "*",
        "1e308",
        "",
    ];
    assert!(errors(&sound()).is_empty());
    for _ in 0..400 {
        let (name, text) = FILES[next(FILES.len())];
        let mut cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        cuts.push(text.len());
        let (a, b) = (next(cuts.len()), next(6));
        let b = (a + b).min(cuts.len() - 1);
        let damaged = format!("{}{}{}", &text[..cuts[a]], pieces[next(pieces.len())], &text[cuts[b]..]);
        let loaded = replaced(name, &damaged);
        assert_eq!(loaded.models.is_empty(), loaded.findings.has_errors());
        for finding in &loaded.findings.0 {
            assert!(!finding.line(Language::Zh).contains("{"), "{finding:?}");
        }
    }
}
