//! Reading tables: what is accepted, what becomes of it.

use crate::hamlet::{FILES, errors, lines, patched, sound, text, with};
use circflow::calendar::Month;
use circflow::diagnostic::Language;
use circflow::input::{self, InputFile, Loaded, check, manual, read_files};
use circflow::model::{
    Amount, Change, Decision, Driver, EffectTarget, Model, Payment, Quality, Role, Shelf, Treatment,
};
use circflow::money::{Fen, Ppm};
use circflow::units::Dimension;

/// The model of a load that must be sound.
fn model(loaded: &Loaded) -> &Model {
    assert_eq!(errors(loaded), [""; 0]);
    &loaded.base
}

fn replaced(name: &str, text: &str) -> Loaded {
    read_files(with(name, text))
}

#[test]
fn the_reference_city_is_without_errors() {
    let city = input::reference_city();
    model(&city);
    assert_eq!(city.models.len(), city.base.scenarios.len());
}

#[test]
fn the_minimal_model_is_without_errors() {
    let minimal = read_files(input::catalogue::shipped("minimal").expect("it is shipped"));
    model(&minimal);
    // It rests on the catalogue, of which only what is used enters.
    assert!(minimal.base.technologies.iter().all(|t| t.provenance.shelf == Shelf::Catalogue));
    assert!(minimal.base.technologies.len() <= 3);
}

#[test]
fn numbers_are_in_base_units() {
    let loaded = sound();
    let model = model(&loaded);
    let (_, dig) = model.processes.find(|p| p.key == "dig").unwrap();
    assert_eq!(dig.capacity.unwrap().central, 100_000.0);
    assert_eq!(dig.activity.central(2018), Some(80_000.0));
    assert_eq!(dig.driver, Driver::Level);
    let (_, burn) = model.processes.find(|p| p.key == "burn").unwrap();
    assert_eq!((burn.driver, burn.treatment, burn.priority), (Driver::Both, Treatment::Utilisation, 2));
    assert_eq!(model.materials[burn.rows[burn.reference].material].key, "spoil");
    assert_eq!(model.materials[burn.rows[burn.called.unwrap()].material].key, "brick");
    assert_eq!(model.demands[0].series.central(2015), Some(20_000.0));
    assert_eq!(model.projects.as_slice()[0].investment, Fen(100_000_000));
    assert_eq!(model.duties[0].due, Month::new(2016, 7).unwrap());
    assert_eq!(model.financing.as_slice()[0].payment, Payment::WithProgress);
    assert_eq!(model.targets[0].value, 0.6);
    assert_eq!(model.targets[0].indicator, "ce2017-07");
    let (_, brick) = model.materials.find(|m| m.key == "brick").unwrap();
    assert_eq!((brick.dimension, brick.mass_per_unit), (Dimension::Volume, Some(1.5)));
    // `mud` is in no recipe: it does not enter, and the reader says so.
    assert!(model.materials.find(|m| m.key == "mud").is_none());
    assert_eq!(lines(&loaded, "N103", Language::En).len(), 1);
}

#[test]
fn capacities_per_day_and_hour() {
    let daily = patched("processes.csv", "works,press,1,万t/a,", "works,press,20,t/d,");
    assert_eq!(model(&daily).processes.as_slice()[1].capacity.unwrap().central, 20.0 * 330.0);
    assert!(check::defaults(&daily, Language::En).iter().any(|l| l.starts_with("processes.days = 330")));
    let table = "id,name,enterprise,technology,capacity,capacity_unit,hours\n\
                 dig,采石场,mine,quarry,10,万t/a,\nburn,砖厂一线,works,press,2,吨/小时,5000\n";
    let hourly = replaced("processes.csv", table);
    assert_eq!(model(&hourly).processes.as_slice()[1].capacity.unwrap().central, 10_000.0);
    let yearly = sound();
    assert!(!check::defaults(&yearly, Language::En).iter().any(|l| l.contains("days")));
}

#[test]
fn a_units_row_serves_a_whole_column() {
    let loaded = replaced("activity.csv", "process,year,level\n,,万t/a\ndig,2015,8\ndig,2017,9\n");
    let dig = &model(&loaded).processes.as_slice()[0];
    assert_eq!(dig.activity.central(2016), Some(85_000.0));
    assert_eq!(dig.activity.points[0].provenance.row, 3);
}

#[test]
fn a_units_row_may_say_that_a_column_counts_years_or_has_no_unit() {
    for years in ["年", "（年）", "单位：年", "—"] {
        let table = format!("process,year,level\n-,{years},万t/a\ndig,2015,8\n");
        let loaded = replaced("activity.csv", &table);
        assert_eq!(model(&loaded).processes.as_slice()[0].activity.central(2015), Some(80_000.0), "{years}");
    }
}

#[test]
fn a_statistic_may_be_called_by_its_name() {
    let table = "key,place,year,value,unit\n地区生产总值（不变价）,city,2015,100,亿元\n";
    let loaded = replaced("statistics.csv", table);
    assert_eq!(model(&loaded).statistics[0].key, "gdp_constant");
    // The same statistic twice, once by its key: one row too many.
    let twice = format!("{table}gdp_constant,city,2015,90,亿元\n");
    let twice = replaced("statistics.csv", &twice);
    assert!(twice.findings.0.iter().any(|finding| finding.code.0 == "E130"), "{:?}", twice.findings);
    // A scenario's change finds the row by the name as well.
    let mut files: Vec<InputFile> =
        FILES.iter().map(|(name, text)| InputFile::new(*name, text.as_bytes())).collect();
    files.push(InputFile::new("statistics.csv", table));
    files.push(InputFile::new("scenarios.csv", "id,name,why,base\nbase,基准,现状,yes\nrich,富裕,试算,no\n"));
    files.push(InputFile::new(
        "changes.csv",
        "scenario,table,row,column,operation,value\nrich,statistics,key=地区生产总值（不变价）,value,×,2\n",
    ));
    let rich = read_files(files);
    assert!(!rich.findings.has_errors(), "{:?}", rich.findings);
    assert_eq!(rich.models[1].statistics[0].series.central(2015), Some(2.0e10));
    // English names too; what is neither is a key of one's own, with a warning.
    let english = table.replace("地区生产总值（不变价）", "GDP at constant prices");
    assert_eq!(model(&replaced("statistics.csv", &english)).statistics[0].key, "gdp_constant");
}

#[test]
fn chinese_headers_names_and_words_in_gb18030() {
    let table = "工序，年份，运行量，单位\n采石场，２０１５年，８，万吨／年\n".replace('，', ",");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&table);
    let mut files: Vec<InputFile> =
        FILES.iter().filter(|(n, _)| *n != "activity.csv").map(|(n, t)| InputFile::new(*n, *t)).collect();
    files.push(InputFile::new("运行量.csv", bytes.into_owned()));
    let loaded = read_files(files);
    assert_eq!(model(&loaded).processes.as_slice()[0].activity.central(2015), Some(80_000.0));
}

#[test]
fn separators_and_byte_order_marks() {
    for text in [
        "process;year;level;unit\ndig;2015;8;万t/a\n",
        "\u{feff}process\tyear\tlevel\tunit\r\ndig\t2015\t8\t万t/a\r\n",
    ] {
        let loaded = replaced("activity.csv", text);
        assert_eq!(model(&loaded).processes.as_slice()[0].activity.central(2015), Some(80_000.0), "{text}");
    }
}

#[test]
fn a_project_with_a_technology_brings_a_process() {
    let loaded = sound();
    let model = model(&loaded);
    let (id, line2) = model.processes.find(|p| p.key == "line2").unwrap();
    assert_eq!(line2.capacity.unwrap().central, 0.0);
    assert_eq!((line2.driver, line2.treatment), (Driver::Both, Treatment::Utilisation));
    assert_eq!(model.enterprises[line2.enterprise.unwrap()].key, "works");
    let effects = &model.projects.as_slice()[0].effects;
    assert_eq!(effects.len(), 1);
    assert_eq!(effects[0].target, EffectTarget::Capacity(id));
    assert!(matches!(effects[0].change, Change::Add(q) if q.central == 5_000.0));
}

#[test]
fn a_project_may_extend_a_process_or_bring_a_level_one() {
    let table = "id,name,class,place,technology,process,added_capacity,capacity_unit,investment,earliest_start,build_months\n\
                 line2,砖厂扩能,key,park,,砖厂一线,0.5,万t/a,100,2016-01,12\n\
                 line3,新采石场,general,park,quarry,,2,万t/a,100,2016-01,12\n";
    let loaded = replaced("projects.csv", table);
    let model = model(&loaded);
    let (burn, _) = model.processes.find(|p| p.key == "burn").unwrap();
    assert_eq!(model.projects.as_slice()[0].effects[0].target, EffectTarget::Capacity(burn));
    let (own, _) = model.processes.find(|p| p.key == "line3").unwrap();
    let targets: Vec<_> = model.projects.as_slice()[1].effects.iter().map(|e| e.target.clone()).collect();
    assert_eq!(targets, [EffectTarget::Capacity(own), EffectTarget::Level(own)]);
}

#[test]
fn a_level_process_without_activity_runs_at_its_capacity() {
    let files = with("activity.csv", "process,year,level\n");
    let loaded = read_files(files);
    assert_eq!(model(&loaded).processes.as_slice()[0].activity.central(2018), Some(100_000.0));
    assert!(check::defaults(&loaded, Language::En).iter().any(|l| l.contains("activity = capacity")));
}

/// Amounts of a recipe's rows by role and material.
fn amounts(model: &Model, technology: &str) -> Vec<(Role, String, Option<f64>)> {
    let (_, technology) = model.technologies.find(|t| t.key == technology).unwrap();
    let amount = |amount| match amount {
        Amount::Given(quantity) => Some(quantity.central),
        Amount::Rest => None,
    };
    let row =
        |r: &circflow::model::RecipeRow| (r.role, model.materials[r.material].key.clone(), amount(r.amount));
    technology.rows.iter().map(row).collect()
}

#[test]
fn wet_and_dry_meet_through_the_moisture() {
    // `mud` is traded dry and holds half its wet mass in water.
    let wet =
        patched("recipes.csv", "press,feed,spoil,1,,", "press,feed,spoil,1,,\npress,input,mud,0.4,,wet");
    let rows = amounts(model(&wet), "press");
    assert_eq!(rows[1], (Role::Input, "mud".into(), Some(0.2)));
    assert_eq!(rows[2], (Role::Input, "moisture_water".into(), Some(0.2)));
    // Traded wet and written dry: twice the mass comes in, and its water leaves.
    let mut files = with("materials.csv", &text("materials.csv").replace("t,dry,0.5", "t,wet,0.5"));
    files.retain(|f| f.name != "recipes.csv");
    let recipes =
        text("recipes.csv").replace("press,feed,spoil,1,,", "press,feed,spoil,1,,\npress,input,mud,0.4,,dry");
    files.push(InputFile::new("recipes.csv", recipes.as_bytes()));
    let dry = read_files(files);
    let rows = amounts(model(&dry), "press");
    assert_eq!(rows[1], (Role::Input, "mud".into(), Some(0.8)));
    assert_eq!(rows[2], (Role::Emission, "moisture_water".into(), Some(0.4)));
}

const SCENARIOS: &str = "id,name,based_on,base,matching,why\nplain,原样,,,yes,看\nmore,更多,plain,yes,,比\nnone,不建,more,,no,比\n";

#[test]
fn mixes_long_and_as_a_matrix_are_the_same() {
    let load = |mixes: &str| {
        let mut files = with("mixes.csv", mixes);
        files.push(InputFile::new("scenarios.csv", SCENARIOS.as_bytes()));
        read_files(files)
    };
    let long = load(
        "scenario,project,decision,delay\nplain,line3,skip,\nmore,line3,build,6\nnone,*,skip,\nnone,line2,build,\n",
    );
    let matrix = load("项目,plain,更多,none\nline2,,,建\nline3,不建,6,skip\n");
    for loaded in [&long, &matrix] {
        let scenarios = &model(loaded).scenarios;
        let decisions: Vec<&[Decision]> = scenarios.iter().map(|s| s.decisions.as_slice()).collect();
        let build = |delay| Decision::Build { delay };
        assert_eq!(decisions, [[build(0), Decision::Skip], [build(0), build(6)], [build(0), Decision::Skip]]);
        let switches: Vec<(bool, bool)> = scenarios.iter().map(|s| (s.base, s.matching)).collect();
        assert_eq!(switches, [(false, true), (true, true), (false, false)]);
        assert_eq!(loaded.base.scenario, loaded.models[1].scenario);
    }
}

#[test]
fn changes_go_down_the_chain_of_scenarios() {
    let mut files = with(
        "changes.csv",
        "scenario,table,row,column,operation,value,years\n\
         more,demand,material=砌砖;place=c*,quantity,×,1.5,2015\nnone,demand,*,quantity,+,1,\n\
         none,projects,id=line*,bridge_share,=,1,\nnone,recipes,technology=press;material=brick,quantity,=,0.5±10%,\n",
    );
    files.push(InputFile::new("scenarios.csv", SCENARIOS.as_bytes()));
    let loaded = read_files(files);
    model(&loaded);
    let demand = |at: usize| loaded.models[at].demands[0].series.central(2015).unwrap();
    assert_eq!([demand(0), demand(1), demand(2)], [20_000.0, 30_000.0, 40_000.0]);
    assert_eq!(loaded.models[1].projects.as_slice()[1].bridge_share, Ppm(300_000));
    assert_eq!(loaded.models[2].projects.as_slice()[1].bridge_share, Ppm::ONE);
    let brick = |at: usize| match loaded.models[at].technologies.as_slice()[1].rows[1].amount {
        Amount::Given(quantity) => quantity.central,
        Amount::Rest => unreachable!("a given row"),
    };
    assert_eq!((brick(1), brick(2)), (0.6, 0.5));
    assert_eq!(loaded.base.scenarios[loaded.base.scenario].key, "more");
}

#[test]
fn named_numbers_keep_their_name_and_their_unit() {
    let mut files = with("parameters.csv", "id,value,unit\nlevel,80±10%,kt\nbare,\"triangular(7, 8, 9)\",\n");
    files.retain(|f| f.name != "activity.csv");
    let rows = "process,year,level,unit\ndig,2015,=level,万t/a\ndig,2016,=bare,万t/a\n";
    files.push(InputFile::new("activity.csv", rows));
    let loaded = read_files(files);
    let points = &model(&loaded).processes.as_slice()[0].activity.points;
    assert_eq!((points[0].value.central, points[1].value.central), (80_000.0, 80_000.0));
    let key = |at: usize| loaded.base.parameters[points[at].value.parameter.unwrap()].key.clone();
    assert_eq!((key(0), key(1)), ("level".into(), "bare".into()));
}

#[test]
fn sources_and_qualities_travel_with_the_rows() {
    let mut files =
        with("demand.csv", "material,place,year,quantity,source,quality\nbrick,city,2015,2,book,官方\n");
    files.push(InputFile::new("sources.csv", "id,title\nbook,某年鉴\n"));
    let loaded = read_files(files);
    let provenance = model(&loaded).demands[0].series.points[0].provenance;
    assert_eq!((provenance.quality, provenance.row), (Some(Quality::Official), 2));
    assert_eq!(loaded.base.sources[provenance.source.unwrap()].title, "某年鉴");
}

#[test]
fn rows_of_the_model_stand_for_those_of_the_catalogue() {
    let text = format!("{}ash,本地粉煤灰,waste,,t,,,\n", text("materials.csv"));
    let loaded = replaced("materials.csv", &text);
    let replaced = lines(&loaded, "N102", Language::En);
    assert!(replaced.iter().any(|line| line.contains("“ash” stands for")), "{replaced:?}");
}

#[test]
fn the_order_of_rows_does_not_matter_to_references() {
    let places = "id,name,kind,parent\npark,园区,park,north\nnorth,北县,county,city\ncity,市,city,\n";
    let loaded = replaced("places.csv", places);
    let model = model(&loaded);
    assert_eq!(model.places[circflow::model::Places::ROOT].key, "city");
    assert_eq!(model.places[model.enterprises.as_slice()[0].place].key, "park");
}

#[test]
fn the_manual_equals_the_attribute_list() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tables.md");
    if std::env::var_os("CIRCFLOW_REGENERATE").is_some() {
        std::fs::write(&path, manual::manual()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == manual::manual(),
        "docs/tables.md is not what the attribute list says; CIRCFLOW_REGENERATE=1 cargo test manual"
    );
}

#[test]
fn new_models_are_written_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("我的 模型");
    let written = input::catalogue::copy("minimal", &target).unwrap();
    assert!(written.contains(&"model.toml".to_owned()));
    model(&input::read_folder(&target));
    assert!(input::catalogue::copy("minimal", &target).is_err(), "a folder with files is left alone");
}

#[test]
fn a_hundred_thousand_processes_load_without_delay() {
    use std::fmt::Write as _;
    let mut table =
        "id,name,enterprise,technology,capacity,capacity_unit,driver\ndig,采石场,mine,quarry,10,万t/a,\n"
            .to_owned();
    for number in 0..100_000 {
        let _ = writeln!(table, "p{number},工序{number},works,press,1,t/a,feed");
    }
    let begin = std::time::Instant::now();
    let loaded = replaced("processes.csv", &table);
    let seconds = begin.elapsed().as_secs_f64();
    assert_eq!(model(&loaded).processes.len(), 100_003);
    // Generous: a quadratic lookup would take minutes.
    assert!(seconds < 15.0, "{seconds} s");
    println!("100 000 processes loaded in {seconds:.2} s");
}

#[test]
fn the_minimal_model_has_a_computable_indicator() {
    let minimal = read_files(input::catalogue::shipped("minimal").expect("it is shipped"));
    let model = model(&minimal);
    let plan = circflow::plan::compile(model).expect("its structure is sound");
    let money = circflow::funding::fund(model, &circflow::funding::FundingOptions::of(model));
    let run = circflow::simulate::run(&plan, model, &money.schedule);
    let values = circflow::indicators::evaluate(&minimal.definitions, model, &plan, &run, &money.schedule);
    let computable: Vec<&str> = values
        .iter()
        .filter(|v| v.value.is_ok())
        .map(|v| minimal.definitions[v.definition].key.as_str())
        .collect();
    assert!(!computable.is_empty(), "{:?}", values.iter().map(|v| &v.value).collect::<Vec<_>>());
}

proptest::proptest! {
    #[test]
    fn no_text_makes_units_or_quantities_panic(text in "[0-9０-９.,±+\\-%=()eE 万亿千tkmWhNG3³/每年日ace元吨标煤restnormal]{0,16}") {
        let _ = circflow::units::Unit::parse(&text);
        if let Ok(circflow::quantity::Written::Number(number)) = circflow::quantity::parse(&text) {
            proptest::prop_assert!(number.central.is_finite());
        }
    }

    #[test]
    fn a_number_reads_back_as_written(number in -1.0e12..1.0e12_f64) {
        let text = number.to_string();
        proptest::prop_assert_eq!(circflow::quantity::number(&text), Ok(number));
        let wide: String = text.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
        proptest::prop_assert_eq!(circflow::quantity::number(&wide), Ok(number));
    }
}

/// Activity of the hamlet's quarry by year in a scenario with one change; 万t.
fn activity_with(activity: &str, years: &str) -> Vec<f64> {
    let mut files = crate::hamlet::with("activity.csv", activity);
    files.push(InputFile::new("scenarios.csv", "id,name,base,why\nbase,基准,yes,起点\nhalf,减半,no,试\n"));
    files.push(InputFile::new(
        "changes.csv",
        format!(
            "scenario,table,row,column,operation,value,years\nhalf,activity,process=dig,level,×,0.5,{years}\n"
        ),
    ));
    files.retain(|file| file.name != "mixes.csv");
    let loaded = read_files(files);
    assert_eq!(crate::hamlet::errors(&loaded), [""; 0]);
    let model = &loaded.models[1];
    let (_, dig) = model.processes.find(|process| process.key == "dig").expect("the quarry");
    model.settings.years().map(|year| dig.activity.central(year).expect("given") / 1.0e4).collect()
}

#[test]
fn a_change_of_some_years_leaves_the_others_as_they_were() {
    let horizon = crate::hamlet::sound().base.settings.years().len();
    // 5 in 2015 to 8 in 2018, a straight line: 2018 alone is halved, before it nothing moves.
    let years = activity_with("process,year,level,unit\ndig,2015,5,万t/a\ndig,2018,8,万t/a\n", "2018");
    assert_eq!(years[..4], [5.0, 6.0, 7.0, 4.0]);
    assert_eq!(years[4..], vec![8.0; horizon - 4]);
    // Only 2015 is given, growing by 100 %: the years of the change are halved, the growth goes on from there on as
    // if nothing had been.
    let years = activity_with("process,year,level,unit,growth\ndig,2015,1,万t/a,1\n", "2016..2017");
    assert_eq!(years[..4], [1.0, 1.0, 2.0, 8.0]);
    // Held after the last given year.
    let years = activity_with("process,year,level,unit\ndig,2015,6,万t/a\n", "2017");
    assert_eq!(years[..4], [6.0, 6.0, 3.0, 6.0]);
}
