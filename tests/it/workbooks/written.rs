//! Templates, exported models, and back.

use super::{read, told};
use crate::hamlet;
use circflow::diagnostic::Language;
use circflow::input::{self, InputFile, Loaded, ModelText, read_files, texts};
use circflow::output::model_files::model_files;
use circflow::report::workbook::book::{Choice, LONGEST_LIST};
use circflow::report::workbook::tables::{self, Wording};
use circflow::report::workbook::{Content, xlsx};

const BOTH: [Language; 2] = [Language::Zh, Language::En];

/// A model with nothing of where its rows stand: the texts of its tables.
fn text_of(loaded: &Loaded) -> String {
    let texts = texts(&loaded.inputs);
    let mut tables: Vec<String> = texts
        .tables
        .iter()
        .filter(|table| !table.rows.is_empty())
        .map(|table| format!("{:?} {:?}", table.attributes.table, table.rows))
        .collect();
    tables.sort();
    let mut settings = texts.settings;
    settings.sort();
    format!("{settings:?} {tables:?} {:?}", texts.definitions)
}

#[test]
fn a_model_goes_into_a_workbook_and_back_without_loss() {
    for loaded in [hamlet::sound(), input::reference_city()] {
        for language in BOTH {
            let book =
                xlsx::bytes(&tables::book(&texts(&loaded.inputs), Wording::AsWritten, language)).unwrap();
            let again = read_files(vec![InputFile::new("模型.xlsx", book)]);
            assert_eq!(text_of(&again), text_of(&loaded));
            assert_eq!(again.models.len(), loaded.models.len(), "{:?}", told(&again));
            let folder = model_files(&texts(&again.inputs));
            let folder = folder.into_iter().map(|(name, text)| InputFile::new(name, text)).collect();
            let folder = read_files(folder);
            assert_eq!(text_of(&folder), text_of(&loaded));
            let codes = |loaded: &Loaded| {
                let mut codes: Vec<_> = loaded.findings.0.iter().map(|f| f.code.0).collect();
                codes.retain(|code| *code != "N021");
                // Findings stand by the names of files, which differ.
                codes.sort_unstable();
                codes
            };
            assert_eq!(codes(&again), codes(&loaded));
            assert_eq!(codes(&folder), codes(&loaded));
        }
    }
}

#[test]
fn texts_that_look_like_formulas_stay_texts() {
    let mut loaded = hamlet::with("sources.csv", "id,title\n=1+1,@here\n+x,-y\n");
    loaded.sort_by(|a, b| a.name.cmp(&b.name));
    let loaded = read_files(loaded);
    let book = tables::book(&texts(&loaded.inputs), Wording::AsWritten, Language::Zh);
    let sheet = book.sheets.iter().find(|sheet| sheet.name == "来源").unwrap();
    assert_eq!(sheet.rows[1][0].content, Content::Text("=1+1".to_owned()));
    let again = read_files(vec![InputFile::new("a.xlsx", xlsx::bytes(&book).unwrap())]);
    assert_eq!(text_of(&again), text_of(&loaded));
}

#[test]
fn a_template_is_empty_guided_and_understood() {
    for language in BOTH {
        let book = tables::book(&ModelText::default(), Wording::Translated, language);
        let bytes = xlsx::bytes(&book).unwrap();
        assert_eq!(bytes, xlsx::bytes(&book).unwrap(), "the same book is the same file");
        let loaded = read(bytes);
        // Empty: what is missing is told, nothing else; every header is known.
        let codes: Vec<&str> = loaded.findings.0.iter().map(|finding| finding.code.0).collect();
        assert!(codes.iter().all(|code| ["E005", "E201", "N021"].contains(code)), "{:?}", told(&loaded));
        for sheet in &book.sheets {
            assert!(sheet.name.chars().count() <= 31);
            for choices in &sheet.choices {
                if let Choice::Words(words) = &choices.from {
                    assert!(words.join(",").chars().count() <= LONGEST_LIST);
                }
                let header = &sheet.rows[0][usize::from(choices.column)];
                assert!(
                    header.note.as_ref().is_some_and(|note| !note.is_empty()),
                    "{}: {header:?}",
                    sheet.name
                );
            }
        }
        let places = book.sheets.iter().find(|s| s.name == language.pick("地点", "places")).unwrap();
        let parent = places.choices.iter().find(|c| c.prompt.0 == language.pick("上级", "parent")).unwrap();
        assert!(
            matches!(&parent.from, Choice::Area(area) if area.contains(&places.name)),
            "{:?}",
            parent.from
        );
    }
}

#[test]
fn lists_offer_the_catalogue_and_words_of_the_language() {
    for language in BOTH {
        let book = tables::book(&ModelText::default(), Wording::Translated, language);
        let sheet = book.sheets.iter().find(|s| s.name == language.pick("目录", "catalogue")).unwrap();
        let column = |word: &str| {
            let at = sheet.rows[0].iter().position(|cell| cell.content == Content::Text(word.to_owned()));
            let at = at.unwrap_or_else(|| panic!("no list of {word}"));
            let texts = sheet.rows[1..].iter().filter_map(|row| match &row[at].content {
                Content::Text(text) => Some(text.clone()),
                _ => None,
            });
            texts.collect::<Vec<String>>()
        };
        let statistics = column(language.pick("统计量", "statistics"));
        assert!(statistics.contains(&language.pick("能源消费总量", "energy_consumption").to_owned()));
        assert!(column(language.pick("指标", "indicators")).len() >= 17);
        assert!(column(language.pick("工艺", "technologies")).len() > 90);
        let table = book.sheets.iter().find(|s| s.name == language.pick("统计", "statistics"));
        let key = table
            .and_then(|table| table.choices.iter().find(|c| c.prompt.0 == language.pick("统计量", "key")));
        assert!(matches!(&key.unwrap().from, Choice::Area(area) if area.contains(&sheet.name)));
    }
    // What is sent out for filling in speaks the language of its lists; what is exported stays as it was written.
    let loaded = hamlet::sound();
    let class = |wording| {
        let book = tables::book(&texts(&loaded.inputs), wording, Language::Zh);
        let sheet = book.sheets.iter().find(|sheet| sheet.name == "项目").unwrap().clone();
        let at = sheet.rows[0]
            .iter()
            .position(|cell| matches!(&cell.content, Content::Text(t) if t.starts_with("类别")));
        sheet.rows[1][at.unwrap()].content.clone()
    };
    assert_eq!(class(Wording::Translated), Content::Text("重点".to_owned()));
    assert_eq!(class(Wording::AsWritten), Content::Text("key".to_owned()));
}

#[test]
fn indicator_definitions_keep_their_sheets_whatever_they_are_called() {
    let own = |id: &str| {
        format!(
            "set = \"{id}\"\n\n[[indicator]]\nid = \"{id}\"\nnumber = \"1\"\nname = \"量\"\nname_en = \"amount\"\nunit = \"t\"\n\
             direction = \"more\"\nconfidence = \"low\"\nformula = \"made\"\n\n[indicator.terms.made]\nname = \"产\"\nname_en = \"made\"\n\
             unit = \"t\"\nstatistic = \"straw_collectable\"\n"
        )
    };
    let names = [
        "2017.toml",
        "indicators-of-the-circular-economy-a.toml",
        "indicators-of-the-circular-economy-b.toml",
    ];
    let mut files = hamlet::with("note.txt", "");
    for (name, id) in names.iter().zip(["one", "two", "three"]) {
        files.push(InputFile::new(*name, own(id).into_bytes()));
    }
    let loaded = read_files(files);
    let keys = |loaded: &Loaded| -> Vec<String> {
        let own = ["one", "two", "three"];
        let mut keys: Vec<String> = loaded.definitions.iter().map(|d| d.key.clone()).collect();
        keys.retain(|key| own.contains(&key.as_str()));
        keys.sort();
        keys
    };
    assert_eq!(keys(&loaded), ["one", "three", "two"], "{:?}", told(&loaded));
    for language in BOTH {
        let book = xlsx::bytes(&tables::book(&texts(&loaded.inputs), Wording::AsWritten, language)).unwrap();
        let again = read_files(vec![InputFile::new("模型.xlsx", book)]);
        assert_eq!(keys(&again), keys(&loaded));
        let folder = model_files(&texts(&again.inputs));
        let folder = folder.into_iter().map(|(name, text)| InputFile::new(name, text)).collect();
        assert_eq!(keys(&read_files(folder)), keys(&loaded));
    }
}
