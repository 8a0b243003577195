//! Projects of a generated system: capacity that is added, and the money for it.

use super::Maker;
use crate::calendar::Month;
use crate::id::{FundId, PlaceId, ProcessId};
use crate::model::{
    Appropriation, AppropriationState, Change, Decision, Duty, Effect, EffectTarget, Financing, Fund,
    FundLevel, IfMissing, MatchingRule, Payment, PlaceKind, Places, Project, ProjectClass, Provenance,
    Recurrence, Scenario, TableKind,
};
use crate::money::{Fen, Ppm};
use crate::quantity::Quantity;
use std::collections::BTreeMap;

/// 10⁴ yuan in fen.
const WAN: i64 = 1_000_000;
/// Of the investment, what the municipal fund and the county fund are to pay; the owner pays the rest.
const MUNICIPAL: i64 = 30;
const COUNTY: i64 = 20;
/// Counties that owe a duty: the cost of a gap runs every set of them.
const OWING: usize = 4;
/// Of what the municipal fund is to pay, what is in it.
const IN_THE_FUND: i64 = 80;

/// Adds projects, each of more capacity for a process that has a cap, and the funds that are to pay them: a municipal
/// one that holds most of what is asked of it, one a county, of which the first four owe a duty and two of these are not paid in, the owners' own.
/// A second scenario builds nothing.
pub(super) fn add(maker: &mut Maker, projects: usize) {
    let capped: Vec<ProcessId> =
        maker.model.processes.enumerate().filter(|(_, p)| p.capacity.is_some()).map(|(id, _)| id).collect();
    if projects == 0 || capped.is_empty() {
        return;
    }
    let municipal = fund(maker, "municipal", "市级资金", FundLevel::Municipal, Places::ROOT);
    let own = fund(maker, "own", "企业自筹", FundLevel::Enterprise, Places::ROOT);
    let mut counties: BTreeMap<PlaceId, (FundId, i64)> = BTreeMap::new();
    let mut asked = 0;
    for number in 0..projects {
        let process = capped[maker.stream.below(capped.len())];
        let project = project(maker, number, process);
        let (place, investment) = (project.place, project.investment.0 / WAN);
        let id = maker.model.projects.push(project);
        let county = county_of(maker, place).unwrap_or(Places::ROOT);
        let (of_county, of_this) = match counties.get(&county) {
            Some(known) => *known,
            None => (county_fund(maker, county), 0),
        };
        let parts = [(municipal, investment * MUNICIPAL / 100), (of_county, investment * COUNTY / 100)];
        let rest = investment - parts[0].1 - parts[1].1;
        counties.insert(county, (of_county, of_this + parts[1].1));
        asked += parts[0].1;
        for (fund, wan) in parts.into_iter().chain([(own, rest)]).filter(|(_, wan)| *wan > 0) {
            maker.model.financing.push(Financing {
                project: id,
                fund,
                amount: Fen(wan * WAN),
                payment: Payment::WithProgress,
                if_missing: IfMissing::Wait,
                provenance: Provenance::made(TableKind::Financing),
            });
        }
    }
    let first = maker.model.settings.first_month();
    put(maker, municipal, first, asked * IN_THE_FUND / 100, AppropriationState::PaidIn);
    for (number, (county, (fund, asked))) in counties.into_iter().enumerate() {
        let provenance = Provenance::made(TableKind::Duties);
        let due = first.plus(6);
        if number < OWING {
            maker.model.duties.push(Duty { place: county, fund, amount: Fen(asked * WAN), due, provenance });
        }
        let unpaid = number < OWING && number % 2 == 1;
        let state = if unpaid { AppropriationState::Requested } else { AppropriationState::PaidIn };
        put(maker, fund, due, asked, state);
    }
    scenarios(maker, projects);
}

fn project(maker: &mut Maker, number: usize, process: ProcessId) -> Project {
    let target = &maker.model.processes[process];
    let (place, capacity) = (target.place, target.capacity.map_or(0.0, |capacity| capacity.central));
    let added = (capacity * maker.stream.between(0.2, 1.0)).max(1.0).round();
    let investment = Fen((100 + maker.stream.below(4_900) as i64) * WAN);
    let years = maker.model.settings.years().len();
    let start = maker.stream.below(12 * years.div_ceil(2).max(1));
    let (provenance, effects) = (Provenance::made(TableKind::Projects), Provenance::made(TableKind::Effects));
    Project {
        key: format!("project-{number}"),
        name: format!("项目{number}"),
        name_en: format!("Project {number}"),
        class: if number.is_multiple_of(3) { ProjectClass::Key } else { ProjectClass::General },
        programme: None,
        place,
        owner: None,
        investment,
        eligible_investment: investment,
        earliest_start: Month::january(maker.model.settings.base_year).plus(start as i32),
        build_months: 3 + maker.stream.below(16) as u32,
        progress: Ppm(0),
        status: None,
        priority: 50,
        bridge_share: Ppm(300_000),
        jobs: None,
        operating_cost: None,
        revenue: None,
        effects: vec![Effect {
            target: EffectTarget::Capacity(process),
            change: Change::Add(Quantity::exact(added)),
            provenance: effects,
        }],
        provenance,
    }
}

/// The county unit that a place lies in.
fn county_of(maker: &Maker, place: PlaceId) -> Option<PlaceId> {
    let places = &maker.model.places;
    std::iter::successors(Some(place), |&at| places[at].parent)
        .find(|&at| places[at].kind == PlaceKind::County)
}

fn county_fund(maker: &mut Maker, county: PlaceId) -> FundId {
    let place = &maker.model.places[county];
    let (key, name) = (format!("fund-{}", place.key), format!("{}资金", place.name));
    fund(maker, &key, &name, FundLevel::County, county)
}

fn fund(maker: &mut Maker, key: &str, name: &str, level: FundLevel, place: PlaceId) -> FundId {
    maker.model.funds.push(Fund {
        key: key.into(),
        name: name.into(),
        name_en: key.into(),
        level,
        place,
        open: level == FundLevel::Enterprise,
        recurrence: Recurrence::Once,
        lapse: None,
        eligible_classes: Vec::new(),
        eligible_places: Vec::new(),
        matching: MatchingRule::None,
        provenance: Provenance::made(TableKind::Funds),
    })
}

fn put(maker: &mut Maker, fund: FundId, month: Month, wan: i64, state: AppropriationState) {
    let provenance = Provenance::made(TableKind::Appropriations);
    maker.model.appropriations.push(Appropriation { fund, month, amount: Fen(wan * WAN), state, provenance });
}

/// Decisions of the one scenario there is, and a second that builds nothing.
fn scenarios(maker: &mut Maker, projects: usize) {
    let scenario = maker.model.scenario;
    maker.model.scenarios[scenario].decisions = vec![Decision::Build { delay: 0 }; projects];
    let key = "nothing".to_owned();
    maker.model.scenarios.push(Scenario {
        key,
        name: "不建项目".into(),
        name_en: "No projects".into(),
        why: "与基准相比".into(),
        why_en: "to compare the base with".into(),
        base: false,
        matching: false,
        decisions: vec![Decision::Skip; projects],
        provenance: Provenance::made(TableKind::Scenarios),
    });
}
