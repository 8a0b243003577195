//! Pages: well formed, self-contained and safe, whatever stands in the tables.

use crate::hamlet::FILES;
use crate::pictures::{BOTH, of_one_enterprise, run, subject, with_a_target_of_zero, with_hostile_names};
use circflow::input::{self, InputFile, Loaded};
use circflow::output::Page;
use circflow::report::charts::{self, Extent, Pictures};
use circflow::report::{page, summary};

/// Both pages of a model in both languages.
fn pages(loaded: &Loaded, extent: Extent) -> Vec<Page> {
    let run = run(loaded);
    let of = |language| {
        let subject = subject(loaded, &run, language);
        let summary = summary::summarise(&subject);
        let charts = charts::all(&subject, &summary, &Pictures { extent, bitmaps: None });
        page::all(&page::Context::new(&subject, &summary, loaded, &charts, "circflow run"))
    };
    BOTH.into_iter().flat_map(of).collect()
}

/// Whether every tag is closed in order and every sign of markup is escaped.
pub(crate) fn well_formed(text: &str) -> Result<(), String> {
    const VOID: [&str; 5] = ["meta", "br", "col", "hr", "img"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        rest = &rest[at..];
        if rest.starts_with('&') {
            let end = rest.find(';').filter(|&end| end < 9).ok_or_else(|| shown(rest))?;
            rest = &rest[end..];
            continue;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            rest = &rest[rest.find('>').ok_or_else(|| shown(rest))?..];
            continue;
        }
        let mut quoted = false;
        let end = rest.char_indices().find(|&(_, c)| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let (end, _) = end.ok_or_else(|| shown(rest))?;
        let tag = &rest[1..end];
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        if tag.starts_with('/') {
            let last = open.pop();
            if last != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
            // A style sheet holds no markup.
            if name == "style" {
                rest = &rest[rest.find("</style>").ok_or_else(|| shown(rest))?..];
                continue;
            }
        }
        rest = &rest[end..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("never closed: {open:?}")) }
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

/// What holds of every page.
pub(crate) fn sound(page: &Page) {
    well_formed(&page.html).unwrap_or_else(|fault| panic!("{}: {fault}", page.name));
    let html = &page.html;
    assert!(html.starts_with("<!DOCTYPE html>"));
    for forbidden in
        ["<script", "javascript:", "<link", "src=", "url(", "@import", "NaN", "\u{202e}", "\u{200f}"]
    {
        assert!(!html.contains(forbidden), "{}: {forbidden}", page.name);
    }
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{}: every id once", page.name);
    for target in html.split("href=\"#").skip(1).filter_map(|part| part.split('"').next()) {
        assert!(ids.binary_search(&target).is_ok(), "{}: nothing stands at #{target}", page.name);
    }
}

#[test]
fn pages_of_the_city_are_sound_and_begin_with_the_answer() {
    let loaded = input::reference_city();
    for page in pages(&loaded, Extent::Default) {
        sound(&page);
        let at = |words: &str| page.html.find(words).unwrap_or_else(|| panic!("{}: no {words}", page.name));
        assert!(at("class=\"answer\"") < at("<figure"), "{}", page.name);
        if page.name == "report.html" {
            let order =
                ["id=\"answer\"", "id=\"pictures\"", "id=\"money\"", "id=\"assumptions\"", "id=\"opened\""];
            assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])));
        } else {
            assert_eq!(page.html.matches("<svg").count(), 1, "one picture");
            assert_eq!(page.html.matches("<li>").count(), 2, "two caveats");
            assert_eq!(page.html.matches("<div><b>").count(), 3, "three numbers");
        }
    }
}

#[test]
fn all_pictures_are_files_and_the_report_shows_the_usual_ones() {
    let loaded = with_hostile_names();
    let usual = pages(&loaded, Extent::Default);
    let all = pages(&loaded, Extent::All);
    let count = |pages: &[Page]| pages[0].html.matches("<figure").count();
    assert_eq!(count(&usual), count(&all));
    assert!(all[0].html.contains("另有") && !usual[0].html.contains("张图（其他情景"));
}

#[test]
fn hostile_names_stay_words_on_pages() {
    for page in pages(&with_hostile_names(), Extent::All) {
        sound(&page);
        assert!(page.html.contains("&lt;script&gt;"), "{}: the name is shown, escaped", page.name);
    }
}

#[test]
fn odd_cities_have_sound_pages() {
    let plain = || FILES.iter().map(|(name, text)| InputFile::new(*name, text.as_bytes()));
    let mut equal: Vec<InputFile> = plain().collect();
    let scenarios = "id,name,base,why\none,其一,yes,基准\ntwo,其二,no,同上\n";
    equal.push(InputFile::new("scenarios.csv", scenarios.as_bytes()));
    let untargeted = plain().filter(|file| file.name != "targets.csv").collect();
    for files in [of_one_enterprise(), with_a_target_of_zero(), equal, untargeted, plain().collect()] {
        let loaded = input::read_files(files);
        for extent in [Extent::None, Extent::Default] {
            pages(&loaded, extent).iter().for_each(sound);
        }
    }
}
