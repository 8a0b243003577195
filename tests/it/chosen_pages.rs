//! The page of `optimise`: every section that has something, the answer first, well formed, its pictures legible.

use crate::hamlet::{self, with};
use crate::mixes::{ask, quick};
use crate::pages::sound;
use crate::pictures::{BOTH, with_hostile_names};
use circflow::diagnostic::Language;
use circflow::input::{self, InputFile, Loaded};
use circflow::optimise::answer::Optimised;
use circflow::optimise::question::Objective;
use circflow::output::Page;
use circflow::report::charts::legibility::faults;
use circflow::report::charts::{self, Extent, Pictures};
use circflow::report::chosen::{View, page, view};
use circflow::study::optimise::Asked;

/// The hamlet with spoil enough for every line, four lines more, one of which waits for money of the town that is not
/// there, and another scenario.
fn larger() -> Loaded {
    let mut files = with(
        "projects.csv",
        "id,name,name_en,class,place,owner,technology,added_capacity,capacity_unit,investment,earliest_start,build_months,\
         jobs,operating_cost,revenue\n\
         line2,砖厂二线,Line two,key,park,works,press,0.5,万t/a,200,2016-01,12,5,,\n\
         line3,砖厂三线,Line three,general,park,works,press,0.5,万t/a,100,2016-01,12,10,10,40\n\
         line4,砖厂四线,Line four,general,park,works,press,0.4,万t/a,150,2016-01,12,10,,\n\
         line5,砖厂五线,Line five,key,park,works,press,0.5,万t/a,120,2016-01,12,5,20,20\n",
    );
    let mut put = |name: &str, text: &str| {
        files.retain(|file| file.name != name);
        files.push(InputFile::new(name.to_owned(), text.as_bytes().to_vec()));
    };
    put(
        "financing.csv",
        "project,fund,amount,payment\nline2,town,140,with_progress\nline2,own,60,with_progress\nline3,own,100,\n\
         line4,town,10,with_progress\nline4,own,140,\nline5,own,120,\n",
    );
    put("activity.csv", "process,year,level,unit\ndig,2015,20,万t/a\n");
    let processes = hamlet::text("processes.csv").replace("quarry,10,", "quarry,20,");
    put("processes.csv", &processes);
    put("targets.csv", "indicator,place,year,value\nce2017-07,city,2018,60%\nce2017-07,city,2017,99%\n");
    put("scenarios.csv", "id,name,name_en,base,why\none,其一,First,yes,基准\ntwo,其二,Second,no,同上\n");
    let loaded = input::read_files(files);
    assert_eq!(hamlet::errors(&loaded), [""; 0]);
    loaded
}

fn everything() -> Asked {
    Asked {
        frontier: Some((Objective::Tonnes, Objective::TotalCost, 3)),
        alternatives: (2, 0.5),
        value_of_money: true,
        regret: true,
        ..quick(&[Objective::Tonnes, Objective::TotalCost])
    }
}

/// The view of an answer with its page.
fn page_of(done: &Optimised, language: Language) -> (View, Page) {
    let view = view(done, language);
    let pictures = Pictures { extent: Extent::Default, bitmaps: None };
    let charts = charts::of_answer(&view, || unreachable!("no PNG"), language, &pictures);
    let page = page(&view, &charts, "circflow optimise", language);
    (view, page)
}

#[test]
fn the_page_begins_with_the_answer_and_has_every_section() {
    let done = ask(&larger(), &everything());
    for language in BOTH {
        let (view, page) = page_of(&done, language);
        sound(&page);
        let html = &page.html;
        let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("no {words} in {html}"));
        let sections = [
            "class=\"answer\"",
            "id=\"objectives\"",
            "id=\"projects\"",
            "id=\"targets\"",
            "id=\"promise\"",
            "id=\"alternatives\"",
            "id=\"frontier\"",
            "id=\"chart-frontier\"",
            "id=\"money\"",
            "id=\"chart-value-of-money\"",
            "id=\"regret\"",
            "id=\"economics\"",
            "id=\"chart-recovery-cost\"",
            "id=\"calendar\"",
            "id=\"refused\"",
        ];
        for pair in sections.windows(2) {
            assert!(at(pair[0]) < at(pair[1]), "{} before {}", pair[0], pair[1]);
        }
        assert!(at(view.stamp.expect("invented data")) < at("<main"));
        // 30,000 t a year; without a line 10,000 t are taken, and no line is on stream in 2016.
        let met = view.targets.iter().filter(|row| row.met).count();
        let [all, chosen] = [view.projects.len(), view.projects.iter().filter(|row| row.recommended).count()];
        at(&match language {
            Language::Zh => format!("{all} 个项目中的 {chosen} 个"),
            Language::En => format!("{chosen} of {all} projects"),
        });
        at(&match language {
            Language::Zh => format!("2 个目标达到 {met} 个"),
            Language::En => format!("{met} of 2 targets are met"),
        });
        assert_eq!(html.matches("class=\"not\"").count(), 2 - met, "a target that is not met is marked");
        at(language.pick("任何方案都够不着的目标有 1 个", "Out of reach of every mix: 1 of 2 targets"));
        for row in view.projects.iter().filter(|row| row.recommended || row.refused.is_some()) {
            at(&row.name);
        }
        assert!(view.projects[0].refused.as_deref().is_some_and(|why| html.contains(why)), "{view:?}");
    }
}

#[test]
fn pictures_of_an_answer_are_legible() {
    for loaded in [larger(), with_hostile_names()] {
        let done = ask(&loaded, &everything());
        for language in BOTH {
            let drawn = charts::drawn_of_answer(&view(&done, language), language);
            assert!(drawn.iter().any(|chart| chart.name == "recovery-cost.svg"));
            for chart in &drawn {
                assert_eq!(faults(&chart.drawing), [], "{}", chart.name);
                assert!(charts::render::svg(&chart.drawing).contains(&chart.title), "the title is not cut");
            }
        }
    }
}

#[test]
fn hostile_names_stay_words_on_the_page_of_an_answer() {
    let done = ask(&with_hostile_names(), &everything());
    for language in BOTH {
        let (_, page) = page_of(&done, language);
        sound(&page);
        assert!(page.html.contains("&lt;script&gt;"), "the name is shown, escaped");
    }
}

#[test]
fn without_an_answer_the_page_says_why() {
    let targets = "indicator,place,year,value\nce2017-07,city,2016,90%\n";
    let loaded = input::read_files(with("targets.csv", targets));
    let hard = vec![("ce2017-07".to_owned(), None, None)];
    let done = ask(&loaded, &Asked { hard, ..quick(&[Objective::TotalCost]) });
    for language in BOTH {
        let (mut view, page) = page_of(&done, language);
        sound(&page);
        let at = |words: &str| page.html.find(words).unwrap_or_else(|| panic!("no {words}"));
        assert!(at("class=\"answer\"") < at("id=\"conflict\""));
        // In 2016 no line is on stream: 10,000 of 12,000 t.
        let last = page.html.rfind("83.3").expect("the relaxation");
        assert!(at(language.pick("至少要放宽其中之一", "The least that helps")) < last);
        assert!(!page.html.contains("id=\"projects\"") && !page.html.contains("<svg"));
        view.ending = "failed";
        view.failed = Some("<no answer>".to_owned());
        let failed = circflow::report::chosen::page(&view, &[], "circflow optimise", language);
        sound(&failed);
        assert!(failed.html.contains("&lt;no answer&gt;"));
    }
}
