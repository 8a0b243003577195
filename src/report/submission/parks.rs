//! Forms of the parks: what the programme of circular transformation (2021/1004) asks of each park, where the model
//! has the data: energy, water, carbon dioxide, solid waste, waste water and emissions to air, also per value added.

use super::{Filing, formula, head};
use crate::diagnostic::Language;
use crate::id::{Id, PlaceId};
use crate::indicators::statistics::Statistics;
use crate::input::workbook::address;
use crate::model::{Material, MaterialKind, PlaceKind};
use crate::output::tables::{Account, Accounts};
use crate::report::opened::place_name;
use crate::report::summary::Subject;
use crate::report::workbook::{Cell, Sheet, Style};

/// Statistics that give a park's value added, in yuan.
const VALUE_ADDED: [&str; 2] = ["industrial_value_added", "value_added"];

/// An item of the form.
struct Item {
    words: [&'static str; 2],
    /// Of one material's account in the park: how much it adds, in the item's unit.
    of: fn(&Material, &Account) -> f64,
}

/// Items in the order of columns. Water and waste water by weight (1 t is 1 m³).
const ITEMS: [Item; 8] = [
    Item {
        words: ["能耗（净输入，tce）", "energy (net intake, tce)"],
        of: |material, account| {
            material.tce_per_unit.map_or(0.0, |tce| tce * (account.entering - account.leaving))
        },
    },
    Item {
        words: ["取用新水（t）", "fresh water taken (t)"],
        of: |material, account| {
            if material.is_of("fresh_water") { tonnes(material, account.consumed) } else { 0.0 }
        },
    },
    Item {
        words: ["二氧化碳排放（t）", "carbon dioxide emitted (t)"],
        of: |material, account| if material.key == "co2" { tonnes(material, account.residue) } else { 0.0 },
    },
    Item {
        words: ["一般工业固废产生（t）", "solid waste generated (t)"],
        of: |material, account| if is_solid(material) { tonnes(material, account.residue) } else { 0.0 },
    },
    Item {
        words: ["一般工业固废利用（t）", "solid waste used (t)"],
        of: |material, account| if is_solid(material) { tonnes(material, account.used) } else { 0.0 },
    },
    Item {
        words: ["废水排出园区（t）", "waste water leaving (t)"],
        of: |material, account| {
            let is_water = material.kind == MaterialKind::Water && !material.is_of("fresh_water");
            if is_water { tonnes(material, account.leaving) } else { 0.0 }
        },
    },
    Item {
        words: ["二氧化硫排放（t）", "sulphur dioxide emitted (t)"],
        of: |material, account| if material.key == "so2" { tonnes(material, account.residue) } else { 0.0 },
    },
    Item {
        words: ["粉尘排放（t）", "dust emitted (t)"],
        of: |material, account| if material.key == "dust" { tonnes(material, account.residue) } else { 0.0 },
    },
];

fn is_solid(material: &Material) -> bool {
    material.is_of("general_industrial_solid_waste")
}

fn tonnes(material: &Material, amount: f64) -> f64 {
    material.mass_per_unit.map_or(0.0, |mass| mass * amount)
}

/// What the form asks of a park in a year.
pub(super) struct ParkForm {
    /// The park.
    pub(super) place: PlaceId,
    /// Value added, 万元; `None` where no statistic gives it.
    pub(super) value_added: Option<f64>,
    /// The items, in the order of the columns.
    amounts: [f64; ITEMS.len()],
}

impl ParkForm {
    /// The items by their English words.
    pub(super) fn items(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
        ITEMS.iter().zip(self.amounts).map(|(item, amount)| (item.words[1], amount))
    }
}

/// The forms of the parks that are at work in a year; none for a year that was not solved.
pub(super) fn forms(subject: &Subject<'_>, scenario: usize, year: i32) -> Vec<ParkForm> {
    let model = subject.model(scenario);
    let years = &subject.run.scenarios[scenario].trajectory.years;
    let Some(result) = years.iter().find(|result| result.year == year) else { return Vec::new() };
    let accounts = Accounts::of_year(model, &subject.run.plan.network, result);
    let statistics = Statistics::new(model, &[]);
    let is_park = |place: &PlaceId| {
        let kind = model.places[*place].kind;
        let at_work = accounts.places[place.index()].iter().any(|account| !account.is_empty());
        matches!(kind, PlaceKind::Park | PlaceKind::AgriculturalPark) && at_work
    };
    let value_added = |place: PlaceId| {
        let figure = VALUE_ADDED.iter().find_map(|key| statistics.figure(key, place, year));
        figure.map(|figure| figure.value / 1.0e4).filter(|value| *value > 0.0)
    };
    let amounts = |place: PlaceId| {
        ITEMS.map(|item| {
            let of_place = model.materials.iter().zip(&accounts.places[place.index()]);
            of_place.map(|(material, account)| (item.of)(material, account)).sum::<f64>()
        })
    };
    let parks = model.places.ids().filter(is_park);
    parks.map(|place| ParkForm { place, value_added: value_added(place), amounts: amounts(place) }).collect()
}

/// The sheet of the parks; `None` where the model has none at work.
pub(super) fn sheet(filing: &Filing<'_>) -> Option<Sheet> {
    let (model, language) = (filing.model(), filing.language());
    let parks = forms(filing.subject, filing.scenario, filing.year);
    if parks.is_empty() {
        return None;
    }
    let widths: Vec<f64> = [26.0, 14.0].into_iter().chain([14.0; 2 * ITEMS.len()]).collect();
    let title = filing.pick("园区循环化改造表", "Parks: circular transformation");
    let mut sheet = filing.sheet(filing.pick("园区", "parks"), title, &widths);
    let note = filing.pick(
        "由模型的物质流算出；单位增加值的列只对统计表给出增加值（industrial_value_added 或 value_added）的园区计算。",
        "Computed from the model's flows; per value added only of parks whose statistics give it (industrial_value_added or value_added).",
    );
    sheet.rows.push(vec![Cell::text(note, Style::Plain)]);
    let of_item = ITEMS.iter().map(|item| language.pick(item.words[0], item.words[1]).to_owned());
    let per = ITEMS.iter().map(|item| match language {
        Language::Zh => format!("每万元增加值：{}", item.words[0]),
        Language::En => format!("per 10⁴ yuan of value added: {}", item.words[1]),
    });
    let words = [
        filing.pick("园区", "park").to_owned(),
        filing.pick("增加值（万元）", "value added (10⁴ yuan)").to_owned(),
    ];
    // Eight empty columns would say nothing.
    let any = parks.iter().any(|park| park.value_added.is_some());
    let words: Vec<String> = words.into_iter().chain(of_item).chain(per.filter(|_| any)).collect();
    sheet.rows.push(head(&words.iter().map(String::as_str).collect::<Vec<_>>()));
    sheet.frozen = (sheet.rows.len() as u32, 1);
    for ParkForm { place, value_added, amounts } in &parks {
        let (place, value_added, amounts) = (*place, *value_added, *amounts);
        let row = sheet.rows.len() as u32 + 1;
        let mut cells = vec![
            Cell::text(place_name(model, place, language), Style::Plain),
            match value_added {
                Some(value) => Cell::number(value, Style::Number(0)),
                None => Cell::text(filing.pick("未给出", "not given"), Style::Plain),
            },
        ];
        cells.extend(amounts.map(|amount| Cell::number(amount, Style::Number(0))));
        cells.extend(amounts.iter().enumerate().map(|(at, amount)| match value_added {
            Some(value) => {
                let text = format!("{}/{}", address((row, at as u32 + 3)), address((row, 2)));
                formula(text, Some(amount / value), Style::Number(4))
            }
            None => Cell::default(),
        }));
        sheet.rows.push(cells);
    }
    Some(sheet)
}

/// The sheet of the forms, a page a park; `None` where the model has none at work.
pub(super) fn form_sheet(filing: &Filing<'_>) -> Option<Sheet> {
    let parks = forms(filing.subject, filing.scenario, filing.year);
    if parks.is_empty() {
        return None;
    }
    let title = filing.pick("园区循环化改造：每个园区一页", "Parks: circular transformation, a page each");
    let mut sheet = filing.sheet(filing.pick("园区表", "park forms"), title, &[34.0, 16.0, 16.0, 12.0, 22.0]);
    sheet.landscape = false;
    let base = forms(filing.subject, filing.scenario, filing.model().settings.base_year);
    for (at, park) in parks.iter().enumerate() {
        if at > 0 {
            sheet.rows.push(Vec::new());
            sheet.breaks.push(sheet.rows.len() as u32);
        }
        form(filing, &mut sheet, park, base.iter().find(|before| before.place == park.place));
    }
    Some(sheet)
}

/// The form of one park: the items in the base year and in the year, what changed,
/// and per value added.
fn form(filing: &Filing<'_>, sheet: &mut Sheet, park: &ParkForm, before: Option<&ParkForm>) {
    let (model, language) = (filing.model(), filing.language());
    let name = place_name(model, park.place, language);
    let title =
        format!("{}{name}", filing.pick("园区循环化改造指标：", "Circular transformation of the park: "));
    sheet.rows.push(vec![Cell::text(title, Style::Title)]);
    let base = model.settings.base_year;
    let words = [
        filing.pick("项目", "item").to_owned(),
        format!("{base}"),
        format!("{}", filing.year),
        filing.pick("变化", "change").to_owned(),
        filing.pick("每万元增加值", "per 10⁴ yuan of value added").to_owned(),
    ];
    sheet.rows.push(head(&words.iter().map(String::as_str).collect::<Vec<_>>()));
    let missing = || Cell::text(filing.pick("未给出", "not given"), Style::Plain);
    let figure = |number: Option<f64>| number.map_or_else(missing, |n| Cell::number(n, Style::Number(0)));
    sheet.rows.push(vec![
        Cell::text(filing.pick("增加值（万元）", "value added (10⁴ yuan)"), Style::Plain),
        figure(before.and_then(|before| before.value_added)),
        figure(park.value_added),
    ]);
    let of_value_added = address((sheet.rows.len() as u32, 3));
    for (at, item) in ITEMS.iter().enumerate() {
        let row = sheet.rows.len() as u32 + 1;
        let [then, now] = [2, 3].map(|column| address((row, column)));
        let amount = park.amounts[at];
        let earlier = before.map(|before| before.amounts[at]);
        let changed = match earlier {
            Some(earlier) if earlier.abs() > 0.0 => formula(
                format!("({now}-{then})/ABS({then})"),
                Some((amount - earlier) / earlier.abs()),
                Style::Percent(1),
            ),
            _ => Cell::text("—", Style::Plain),
        };
        let per = park.value_added.map_or_else(missing, |value| {
            formula(format!("{now}/{of_value_added}"), Some(amount / value), Style::Number(4))
        });
        let words = Cell::text(language.pick(item.words[0], item.words[1]), Style::Plain);
        sheet.rows.push(vec![words, figure(earlier), figure(Some(amount)), changed, per]);
    }
    let notes = [
        filing.pick(
            "能耗为净输入：负数表示园区向外提供的能源多于输入。",
            "Energy is net intake: below 0 the park gives more energy than it takes.",
        ),
        filing.pick(
            "填表人：__________    审核人：__________    日期：__________",
            "Filled in by: ________    checked by: ________    date: ________",
        ),
    ];
    sheet.rows.extend(notes.map(|note| vec![Cell::text(note, Style::Plain)]));
}
