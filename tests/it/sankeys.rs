//! Flows as pictures: legible at any size of city, nothing dropped without a note.

use crate::hamlet::{FILES, with};
use crate::pictures::{BOTH, of_one_enterprise, run, subject, with_hostile_names};
use circflow::input::{self, InputFile, Loaded};
use circflow::report::charts::legibility::faults;
use circflow::report::charts::sankey::flows::Scope;
use circflow::report::charts::{Chart, Extent, sankey};

/// The diagrams of a model in both languages, each found legible.
fn diagrams(loaded: &Loaded, extent: Extent) -> Vec<Chart> {
    let run = run(loaded);
    let mut all = Vec::new();
    for language in BOTH {
        let charts = sankey::charts(&subject(loaded, &run, language), extent);
        for chart in &charts {
            assert_eq!(faults(&chart.drawing), [], "{}", chart.name);
        }
        all.extend(charts);
    }
    all
}

#[test]
fn every_diagram_of_the_city_is_legible_in_both_languages() {
    let loaded = input::reference_city();
    let charts = diagrams(&loaded, Extent::All);
    let shown = charts.iter().filter(|chart| chart.prominent).count();
    assert!(shown >= 4 && shown < charts.len(), "the report shows some: {shown} of {}", charts.len());
    for chart in &charts {
        assert!(chart.drawing.width <= 1_800.0, "{}: {} px wide", chart.name, chart.drawing.width);
    }
}

/// What is drawn and what is told as too thin sum to what flows, node by node.
#[test]
fn a_node_never_shows_more_than_goes_through_it() {
    let loaded = input::reference_city();
    let run = run(&loaded);
    let subject = subject(&loaded, &run, BOTH[0]);
    let year = run.scenarios[run.base.unwrap_or(0)].trajectory.years.last().expect("solved");
    for scope in [Scope::City, Scope::Wastes] {
        let graph = sankey::graph_of(&subject, scope, year);
        let drawn = graph.drawn();
        let mut hidden = 0.0;
        for (spot, drawn) in graph.spots.iter().zip(&drawn) {
            assert!(*drawn <= spot.through * (1.0 + 1e-9), "{}: {drawn} of {}", spot.name, spot.through);
            hidden += spot.through - drawn;
        }
        // A thin flow is missing at both of its ends at most.
        assert!(hidden <= 2.0 * graph.thin.tonnes * (1.0 + 1e-9) + 1e-6, "{hidden} of {}", graph.thin.tonnes);
        assert!(graph.links.iter().all(|link| link.tonnes > 0.0));
    }
}

#[test]
fn hostile_names_stay_words_in_diagrams() {
    for chart in diagrams(&with_hostile_names(), Extent::All) {
        let svg = circflow::report::charts::render::svg(&chart.drawing);
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains('\u{200f}'));
        crate::pages::well_formed(&svg).unwrap_or_else(|fault| panic!("{}: {fault}", chart.name));
    }
}

/// Five hundred brick works on one market of spoil: most are gathered, by count and by name, and the picture is read.
#[test]
fn a_market_of_five_hundred_takers_is_legible_and_says_what_is_gathered() {
    let mut processes = String::from("id,name,enterprise,technology,capacity,capacity_unit,priority\n");
    processes.push_str("dig,采石场,mine,quarry,10,万t/a,\nburn,砖厂一线,works,press,1,万t/a,\n");
    for number in 0..500 {
        let capacity = 0.001 + f64::from(number) * 0.000_01;
        processes.push_str(&format!("t{number},第{number}号砖窑,works,press,{capacity},万t/a,\n"));
    }
    let loaded = input::read_files(with("processes.csv", &processes));
    let charts = diagrams(&loaded, Extent::All);
    let park = charts.iter().find(|chart| chart.name == "sankey-park.svg").expect("the park is drawn");
    let svg = circflow::report::charts::render::svg(&park.drawing);
    assert!(svg.contains("其他利用工序") && svg.contains("合并"), "the rest is gathered and told");
    assert!(park.drawing.height < 2.0 * park.drawing.width, "{} px high", park.drawing.height);
}

/// The hamlet's mud is no part of any recipe.
#[test]
fn a_material_without_a_flow_is_in_no_diagram() {
    let files = FILES.iter().map(|(name, text)| InputFile::new(*name, text.as_bytes())).collect();
    let charts = diagrams(&input::read_files(files), Extent::All);
    assert!(!charts.is_empty());
    for chart in charts {
        let svg = circflow::report::charts::render::svg(&chart.drawing);
        assert!(!svg.contains("淤泥"), "{}", chart.name);
    }
}

#[test]
fn a_city_of_one_enterprise_has_its_flows() {
    let charts = diagrams(&input::read_files(of_one_enterprise()), Extent::Default);
    assert!(charts.iter().any(|chart| chart.name == "sankey.svg"));
}
