//! `actors.csv`: every enterprise and park by year and material, and in tonnes over all materials.

use super::accounts::{Account, Accounts, in_mass};
use super::{OneScenario, ResultTable, Results};
use crate::id::Id;
use crate::model::{Model, PlaceKind};
use crate::output::row::{Cell, Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "actors",
    zh: "企业和园区：投入、产出、利用、废物、平衡（全为零的物料不列，* 行都有）",
    en: "Enterprises and parks: in, out, use, residue, balance (materials of zeros are left out, each has its row *)",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("year", Kind::Integer, "年份", "year"),
    field("actor_kind", Kind::Text, "enterprise 企业或 park 园区", "enterprise or park"),
    field("actor", Kind::Text, "企业或园区", "enterprise or park"),
    field("material", Kind::Text, "物料；* 为有质量的全部物料", "material; * is all that have a mass"),
    field("unit", Kind::Text, "单位", "unit"),
    field("in", Kind::Number, "进入", "came in over the border"),
    field(
        "out",
        Kind::Number,
        "离开（含损失和排放）",
        "went out over the border, losses and emissions included",
    ),
    field("use", Kind::Number, "其中利用的废物", "waste used"),
    field("residue", Kind::Number, "产生的废物和排放", "waste and emissions made"),
    field("unmet", Kind::Number, "要而未得", "asked for and not served"),
    field("final_use", Kind::Number, "最终使用", "final use inside"),
    field("stock_change", Kind::Number, "堆存变化", "change of stock"),
    field(
        "balance",
        Kind::Number,
        "平衡差；企业只有 * 行",
        "what does not balance; of an enterprise only for *",
    ),
    field("closed", Kind::Truth, "其工序是否都闭合", "whether all its processes close in mass"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        let model = scenario.model;
        let closed = Closed::of(model);
        for year in &scenario.run.trajectory.years {
            let accounts = Accounts::of_year(model, scenario.network, year);
            for (id, enterprise) in model.enterprises.enumerate() {
                let closed = closed.enterprises[id.index()];
                let actor = Actor { kind: "enterprise", key: &enterprise.key, closed };
                let of = &accounts.enterprises[id.index()];
                actor.rows(scenario, year.year, of, |_| None, rows);
            }
            for id in model.places.ids() {
                let place = &model.places[id];
                if !matches!(place.kind, PlaceKind::Park | PlaceKind::AgriculturalPark | PlaceKind::Zone) {
                    continue;
                }
                let actor = Actor { kind: "park", key: &place.key, closed: closed.places[id.index()] };
                let of = &accounts.places[id.index()];
                actor.rows(scenario, year.year, of, |account| Some(account.residual()), rows);
            }
        }
    }
}

/// Whether all processes of an actor close in mass.
struct Closed {
    enterprises: Vec<bool>,
    places: Vec<bool>,
}

impl Closed {
    /// Complexity O(processes · depth of the tree of places).
    fn of(model: &Model) -> Self {
        let mut enterprises = vec![true; model.enterprises.len()];
        let mut places = vec![true; model.places.ids().count()];
        for process in model.processes.iter().filter(|process| process.open) {
            if let Some(enterprise) = process.enterprise {
                enterprises[enterprise.index()] = false;
            }
            for place in model.places.upward(process.place) {
                places[place.index()] = false;
            }
        }
        Self { enterprises, places }
    }
}

struct Actor<'a> {
    kind: &'static str,
    key: &'a str,
    closed: bool,
}

impl Actor<'_> {
    fn rows(
        &self,
        scenario: OneScenario<'_>,
        year: i32,
        accounts: &[Account],
        balance: impl Fn(&Account) -> Option<f64>,
        rows: &mut Rows,
    ) {
        for (material, account) in scenario.model.materials.iter().zip(accounts) {
            if !account.is_empty() {
                let of = (material.key.as_str(), material.dimension.symbol());
                self.row(scenario, year, of, account, balance(account), rows);
            }
        }
        // Every actor has this row: who stands still is seen to do so.
        let total = in_mass(scenario.model, accounts);
        self.row(scenario, year, ("*", "t"), &total, Some(total.border_residual()), rows)
    }

    fn row(
        &self,
        scenario: OneScenario<'_>,
        year: i32,
        (material, unit): (&str, &str),
        account: &Account,
        balance: Option<f64>,
        rows: &mut Rows,
    ) {
        rows.row(&[
            scenario.key.into(),
            year.into(),
            self.kind.into(),
            self.key.into(),
            material.into(),
            unit.into(),
            account.entering.into(),
            account.leaving.into(),
            account.used.into(),
            account.residue.into(),
            account.unmet.into(),
            account.final_use.into(),
            account.stock_change.into(),
            Cell::from(balance),
            self.closed.into(),
        ])
    }
}
