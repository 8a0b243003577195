//! Money for the small town: funds, duties and projects in a few words. Amounts are fen.
#![allow(dead_code, reason = "each subject uses its part")]

use circflow::calendar::Month;
use circflow::funding::{EntryKind, FundingOptions, FundingOutcome, fund};
use circflow::id::{FinancingId, FundId, PlaceId, ProjectId};
use circflow::model::{
    Appropriation, AppropriationState, Decision, Duty, Financing, Fund, FundLevel, IfMissing, MatchingRule,
    Model, Payment, Project, ProjectClass, Provenance, Recurrence, Relation, RelationKind, TableKind,
};
use circflow::money::{Fen, Ppm};

use crate::town::Town;

/// A month written `2016-07`.
pub(crate) fn month(text: &str) -> Month {
    Month::parse(text).expect("a month")
}

/// A town with money.
pub(crate) struct Treasury {
    pub(crate) town: Town,
}

impl Treasury {
    pub(crate) fn new() -> Self {
        Self { town: Town::new() }
    }

    pub(crate) fn model(&self) -> &Model {
        &self.town.model
    }

    pub(crate) fn fund(&mut self, key: &str, level: FundLevel, place: PlaceId) -> FundId {
        self.town.fund(Fund {
            key: key.into(),
            name: key.into(),
            name_en: key.into(),
            level,
            place,
            open: false,
            recurrence: Recurrence::Once,
            lapse: None,
            eligible_classes: Vec::new(),
            eligible_places: Vec::new(),
            matching: MatchingRule::None,
            provenance: Provenance::made(TableKind::Funds),
        })
    }

    pub(crate) fn municipal(&mut self) -> FundId {
        let city = self.town.city();
        self.fund("municipal", FundLevel::Municipal, city)
    }

    pub(crate) fn edit_fund(&mut self, fund: FundId) -> &mut Fund {
        &mut self.town.model.funds[fund]
    }

    /// A general project with all its money public, no bridge, nothing spent before.
    pub(crate) fn project(
        &mut self,
        key: &str,
        place: PlaceId,
        investment: i64,
        start: &str,
        build_months: u32,
    ) -> ProjectId {
        self.town.project(Project {
            key: key.into(),
            name: key.into(),
            name_en: key.into(),
            class: ProjectClass::General,
            programme: None,
            place,
            owner: None,
            investment: Fen(investment),
            eligible_investment: Fen(investment),
            earliest_start: month(start),
            build_months,
            progress: Ppm(0),
            status: None,
            priority: 1,
            bridge_share: Ppm(0),
            jobs: None,
            operating_cost: None,
            revenue: None,
            effects: Vec::new(),
            provenance: Provenance::made(TableKind::Projects),
        })
    }

    pub(crate) fn edit_project(&mut self, project: ProjectId) -> &mut Project {
        &mut self.town.model.projects[project]
    }

    pub(crate) fn row(
        &mut self,
        project: ProjectId,
        fund: FundId,
        amount: i64,
        payment: Payment,
    ) -> FinancingId {
        self.town.model.financing.push(Financing {
            project,
            fund,
            amount: Fen(amount),
            payment,
            if_missing: IfMissing::Wait,
            provenance: Provenance::made(TableKind::Financing),
        })
    }

    pub(crate) fn pays(&mut self, project: ProjectId, fund: FundId, amount: i64) -> FinancingId {
        self.row(project, fund, amount, Payment::WithProgress)
    }

    pub(crate) fn if_missing(&mut self, row: FinancingId, what: IfMissing) {
        self.town.model.financing[row].if_missing = what;
    }

    pub(crate) fn paid_in(&mut self, fund: FundId, when: &str, amount: i64) {
        self.put(fund, month(when), amount, AppropriationState::PaidIn);
    }

    pub(crate) fn put(&mut self, fund: FundId, month: Month, amount: i64, state: AppropriationState) {
        let provenance = Provenance::made(TableKind::Appropriations);
        let amount = Fen(amount);
        self.town.model.appropriations.push(Appropriation { fund, month, amount, state, provenance });
    }

    pub(crate) fn duty(&mut self, place: PlaceId, fund: FundId, amount: i64, due: &str) {
        let provenance = Provenance::made(TableKind::Duties);
        self.town.model.duties.push(Duty { place, fund, amount: Fen(amount), due: month(due), provenance });
    }

    pub(crate) fn relation(&mut self, project: ProjectId, kind: RelationKind, others: &[ProjectId]) {
        let provenance = Provenance::made(TableKind::Relations);
        self.town.model.relations.push(Relation { project, kind, others: others.to_vec(), provenance });
    }

    pub(crate) fn decide(&mut self, project: ProjectId, decision: Decision) {
        let scenario = self.town.model.scenario;
        self.town.model.scenarios[scenario].decisions[project.0 as usize] = decision;
    }

    /// The money pass as the scenario says.
    pub(crate) fn run(&self) -> FundingOutcome {
        fund(self.model(), &FundingOptions::of(self.model()))
    }

    /// The money pass with matching rules.
    pub(crate) fn run_matching(&self) -> FundingOutcome {
        fund(self.model(), &FundingOptions { matching: true, ..FundingOptions::default() })
    }
}

/// The entries of one kind as (month, amount).
pub(crate) fn entries(outcome: &FundingOutcome, kind: EntryKind) -> Vec<(String, i64)> {
    let of_kind = outcome.ledger.entries.iter().filter(|entry| entry.kind == kind);
    of_kind.map(|entry| (entry.month.to_string(), entry.amount.0)).collect()
}

/// Entries as a test writes them.
pub(crate) fn listed(entries: &[(&str, i64)]) -> Vec<(String, i64)> {
    entries.iter().map(|&(month, amount)| (month.to_owned(), amount)).collect()
}

/// Numbers drawn from a seed (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A whole number from 0 to `below` − 1.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn amount(&mut self, below: i64) -> i64 {
        self.below(below as u64) as i64
    }
}

/// A random small town with money: up to three counties, four kinds of funds, duties, and up to six
/// projects with all payment modes, rules, lapses, relations, skips and delays; free of E4 errors.
pub(crate) fn random(seed: u64) -> Treasury {
    let dice = &mut Dice(seed);
    let mut treasury = Treasury::new();
    let counties: Vec<PlaceId> =
        (0..=dice.below(3)).map(|c| treasury.town.county(&format!("county{c}"))).collect();
    let park = treasury.town.park("park", counties[0]);
    let municipal = treasury.municipal();
    let city = treasury.town.city();
    let central = treasury.fund("central", FundLevel::Central, city);
    let bank = treasury.fund("bank", FundLevel::Bank, city);
    treasury.edit_fund(bank).open = true;
    let closed_bank = treasury.fund("closed bank", FundLevel::Social, city);
    let mut public = vec![municipal, central, closed_bank];
    for (position, &county) in counties.iter().enumerate() {
        let fund = treasury.fund(&format!("fund{position}"), FundLevel::County, county);
        for _ in 0..dice.below(3) {
            let due = Month::january(2014).plus(dice.below(60) as i32);
            treasury.duty(county, fund, 1 + dice.amount(500), &due.to_string());
        }
        public.push(fund);
    }
    treasury.edit_fund(municipal).matching = MatchingRule::CountyOfProject;
    if dice.one_in(2) {
        treasury.edit_fund(central).matching = MatchingRule::Fund(municipal);
    }
    for &fund in &public {
        let edited = treasury.edit_fund(fund);
        edited.lapse = dice.one_in(2).then(|| 1 + dice.below(12) as u32);
        edited.recurrence = if dice.one_in(2) { Recurrence::Yearly } else { Recurrence::Once };
        for _ in 0..dice.below(4) {
            let when = Month::january(2014).plus(dice.below(70) as i32);
            let state = match dice.one_in(5) {
                true if dice.one_in(2) => AppropriationState::Requested,
                true => AppropriationState::Committed,
                false => AppropriationState::PaidIn,
            };
            let amount = dice.amount(2_000);
            treasury.put(fund, when, amount, state);
        }
    }
    public.push(bank);
    let places = [counties.as_slice(), &[park, city]].concat();
    for position in 0..=dice.below(6) {
        let place = places[dice.below(places.len() as u64) as usize];
        let start = Month::january(2014).plus(dice.below(60) as i32).to_string();
        let build_months = 1 + dice.below(24) as u32;
        let project =
            treasury.project(&format!("p{position}"), place, 1 + dice.amount(3_000), &start, build_months);
        let edited = treasury.edit_project(project);
        edited.class = if dice.one_in(2) { ProjectClass::Key } else { ProjectClass::General };
        edited.priority = dice.below(3) as i32;
        edited.bridge_share = Ppm(dice.below(4) as u32 * 250_000);
        edited.progress = Ppm(if dice.one_in(3) { dice.below(1_000_001) as u32 } else { 0 });
        let mut left = circflow::funding::to_finance(edited).0;
        for _ in 0..dice.below(4) {
            let fund = public[dice.below(public.len() as u64) as usize];
            let amount = if dice.one_in(3) { left } else { dice.amount(left + 1) };
            let payment = match dice.below(6) {
                0 => Payment::Advance(Ppm(dice.below(1_000_001) as u32)),
                1 => Payment::OnCompletion,
                2 => {
                    let first = Ppm(dice.below(1_000_000) as u32);
                    Payment::Instalments(vec![(dice.below(6) as u32, first), (9, Ppm::ONE)])
                }
                _ => Payment::WithProgress,
            };
            let row = treasury.row(project, fund, amount, payment);
            let what = [IfMissing::Wait, IfMissing::OwnerCovers, IfMissing::Drop, IfMissing::Wait];
            treasury.if_missing(row, what[dice.below(4) as usize]);
            left -= amount;
        }
        match dice.below(6) {
            0 => treasury.decide(project, Decision::Skip),
            1 => treasury.decide(project, Decision::Build { delay: dice.below(12) as u32 }),
            _ => {}
        }
        if position > 0 && dice.one_in(3) {
            let other = ProjectId(dice.below(position) as u32);
            treasury.relation(project, RelationKind::Needs, &[other]);
        }
    }
    treasury
}

/// A project of 1,200 over 12 months from January 2015, all of it the municipal fund's, which is empty.
pub(crate) fn one_project() -> (Treasury, FundId, ProjectId) {
    let mut t = Treasury::new();
    let city = t.town.city();
    let municipal = t.municipal();
    let project = t.project("works", city, 1_200, "2015-01", 12);
    t.pays(project, municipal, 1_200);
    (t, municipal, project)
}

/// The municipal fund holds 1,200 and waits for the county's; the county owes 300 by July 2016 and pays
/// in October; the project in the county is the municipal fund's alone, January 2016, 12 months.
pub(crate) fn a_late_county() -> (Treasury, FundId) {
    let mut t = Treasury::new();
    let county = t.town.county("county");
    let municipal = t.municipal();
    t.edit_fund(municipal).matching = MatchingRule::CountyOfProject;
    t.paid_in(municipal, "2016-01", 1_200);
    let own = t.fund("own", FundLevel::County, county);
    t.duty(county, own, 300, "2016-07");
    t.paid_in(own, "2016-10", 300);
    let project = t.project("works", county, 1_200, "2016-01", 12);
    t.pays(project, municipal, 1_200);
    (t, own)
}
