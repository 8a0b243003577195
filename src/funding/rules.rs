//! What the tables of money must keep to, checked all at once before any month is run.

use super::instalment::to_finance;
use super::matching::{Gate, gate_of};
use super::needs::Needs;
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{Id, ProjectId};
use crate::model::{
    AppropriationState, Decision, MatchingRule, Model, Payment, Project, Provenance, RelationKind,
};
use crate::money::{Fen, Ppm};

/// Checks funds, duties, appropriations, financing and the relations of projects: errors E401–E411,
/// warnings W401–W410, in the order of the tables. Decisions of all scenarios are looked at, so one call
/// for the base model is enough unless a scenario changes these tables.
#[must_use]
pub fn check(model: &Model) -> Findings {
    let mut findings = Findings::default();
    funds(model, &mut findings);
    duties(model, &mut findings);
    appropriations(model, &mut findings);
    financing(model, &mut findings);
    sums(model, &mut findings);
    gates(model, &mut findings);
    grants(model, &mut findings);
    relations(model, &mut findings);
    findings
}

/// The place of a record in the user's tables.
fn spot(provenance: &Provenance, column: &str) -> Spot {
    Spot {
        file: format!("{}.csv", provenance.table.stem()),
        row: (provenance.row > 0).then_some(provenance.row),
        column: (!column.is_empty()).then(|| column.to_owned()),
    }
}

fn wan(amount: Fen) -> String {
    let yuan = amount.0 / 100;
    if amount.0 % 1_000_000 == 0 {
        format!("{}", yuan / 10_000)
    } else {
        let text = format!("{}.{:06}", amount.0 / 1_000_000, amount.0.abs() % 1_000_000);
        text.trim_end_matches('0').to_owned()
    }
}

fn funds(model: &Model, findings: &mut Findings) {
    for (id, fund) in model.funds.enumerate() {
        if let Some(month) = fund.lapse.filter(|month| !(1..=12).contains(month)) {
            let finding = Diagnostic::new(Code("E406")).at(spot(&fund.provenance, "lapse_month"));
            findings.push(finding.with("fund", &fund.key).with("found", month.to_string()));
        }
        if fund.matching == MatchingRule::Fund(id) {
            let finding = Diagnostic::new(Code("E410")).at(spot(&fund.provenance, "matching_rule"));
            findings.push(finding.with("fund", &fund.key));
        }
    }
}

fn duties(model: &Model, findings: &mut Findings) {
    for duty in &model.duties {
        let fund = &model.funds[duty.fund];
        let place = &model.places[duty.place].key;
        if !model.places.is_within(fund.place, duty.place) {
            let finding = Diagnostic::new(Code("E405")).at(spot(&duty.provenance, "fund"));
            let of = &model.places[fund.place].key;
            findings.push(finding.with("fund", &fund.key).with("of", of).with("place", place));
        }
        if duty.due > model.settings.last_month() {
            let finding = Diagnostic::new(Code("W405")).at(spot(&duty.provenance, "due"));
            findings.push(finding.with("place", place).with("found", duty.due.to_string()));
        }
    }
}

fn appropriations(model: &Model, findings: &mut Findings) {
    for put in &model.appropriations {
        let fund = &model.funds[put.fund];
        let used = model.financing.iter().any(|row| row.fund == put.fund)
            || model.duties.iter().any(|duty| duty.fund == put.fund)
            || model.funds.iter().any(|other| other.matching == MatchingRule::Fund(put.fund));
        if !used && put.state == AppropriationState::PaidIn {
            let finding = Diagnostic::new(Code("W402")).at(spot(&put.provenance, "fund"));
            findings.push(finding.with("fund", &fund.key).with("amount", wan(put.amount)));
        }
        if put.state == AppropriationState::PaidIn && put.month > model.settings.last_month() {
            let finding = Diagnostic::new(Code("W407")).at(spot(&put.provenance, "month"));
            findings.push(finding.with("fund", &fund.key).with("found", put.month.to_string()));
        }
    }
}

fn financing(model: &Model, findings: &mut Findings) {
    for row in &model.financing {
        let (project, fund) = (&model.projects[row.project], &model.funds[row.fund]);
        let push = |findings: &mut Findings, code, column| {
            let finding = Diagnostic::new(Code(code)).at(spot(&row.provenance, column));
            findings.push(finding.with("project", &project.key).with("fund", &fund.key));
        };
        if !fund.eligible_classes.is_empty() && !fund.eligible_classes.contains(&project.class) {
            push(findings, "E402", "fund");
        }
        let mut places = fund.eligible_places.iter();
        if !fund.eligible_places.is_empty() && !places.any(|&p| model.places.is_within(project.place, p)) {
            push(findings, "E403", "fund");
        }
        if let Payment::Instalments(shares) = &row.payment {
            let ascending = shares.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
            if !ascending || shares.last().is_none_or(|(_, share)| *share != Ppm::ONE) {
                push(findings, "E409", "payment");
            }
        }
    }
}

/// Rows against what is to be financed, public rows against what grants may count.
fn sums(model: &Model, findings: &mut Findings) {
    let mut rows = vec![Fen::ZERO; model.projects.len()];
    let mut public = rows.clone();
    for row in &model.financing {
        rows[row.project.index()] += row.amount;
        if model.funds[row.fund].level.is_public() {
            public[row.project.index()] += row.amount;
        }
    }
    for ((project, rows), public) in model.projects.iter().zip(rows).zip(public) {
        let limit = to_finance(project);
        if rows > limit {
            let finding = Diagnostic::new(Code("E401")).at(spot(&project.provenance, "investment"));
            let finding = finding.with("project", &project.key).with("rows", wan(rows));
            findings.push(finding.with("limit", wan(limit)));
        } else if rows < limit {
            let finding = Diagnostic::new(Code("W403")).at(spot(&project.provenance, "investment"));
            findings.push(finding.with("project", &project.key).with("gap", wan(limit - rows)));
        }
        if public > project.eligible_investment {
            let finding = Diagnostic::new(Code("W401")).at(spot(&project.provenance, "eligible_investment"));
            let finding = finding.with("project", &project.key).with("rows", wan(public));
            findings.push(finding.with("limit", wan(project.eligible_investment)));
        }
    }
}

/// Rules that wait for a county fund that stands in no table.
fn gates(model: &Model, findings: &mut Findings) {
    let mut told = Vec::new();
    for row in &model.financing {
        if let Some(Gate::County { county, funds, .. }) = gate_of(model, row.fund, row.project)
            && funds.is_empty()
            && !told.contains(&(row.fund, county))
        {
            told.push((row.fund, county));
            let finding = Diagnostic::new(Code("W406")).at(spot(&row.provenance, "fund"));
            let finding = finding.with("fund", &model.funds[row.fund].key);
            findings.push(finding.with("county", &model.places[county].key));
        }
    }
    for fund in model.funds.iter().filter(|fund| fund.open && fund.level.is_public()) {
        let finding = Diagnostic::new(Code("W408")).at(spot(&fund.provenance, "open"));
        findings.push(finding.with("fund", &fund.key));
    }
}

/// Rows above what their fund's rule allows, and rows of funds that may not pay for the same project.
fn grants(model: &Model, findings: &mut Findings) {
    for rule in &model.grant_rules {
        for row in model.financing.iter().filter(|row| row.fund == rule.fund && row.amount > Fen::ZERO) {
            let project = &model.projects[row.project];
            let share = rule.share.map(|share| share.of(project.eligible_investment));
            let limit = [share, rule.cap].into_iter().flatten().min();
            let told = |code| {
                let finding = Diagnostic::new(Code(code)).at(spot(&row.provenance, "amount"));
                finding.with("project", &project.key).with("fund", &model.funds[row.fund].key)
            };
            if let Some(limit) = limit.filter(|limit| row.amount > *limit) {
                findings.push(told("W409").with("amount", wan(row.amount)).with("limit", wan(limit)));
            }
            let others = model.financing.iter().filter(|other| other.project == row.project);
            let other = others.filter(|o| o.amount > Fen::ZERO).find(|o| rule.not_with.contains(&o.fund));
            if let Some(other) = other {
                findings.push(told("W410").with("other", &model.funds[other.fund].key));
            }
        }
    }
}

fn relations(model: &Model, findings: &mut Findings) {
    for relation in model.relations.iter().filter(|relation| relation.kind == RelationKind::Needs) {
        let excluded = |other: &ProjectId| {
            let pairs = model.relations.iter().filter(|r| r.kind == RelationKind::Excludes);
            let mut either = pairs.flat_map(|r| r.others.iter().map(move |o| (r.project, *o)));
            either.any(|pair| pair == (relation.project, *other) || pair == (*other, relation.project))
        };
        for other in relation.others.iter().filter(|other| excluded(other)) {
            let finding = Diagnostic::new(Code("E411")).at(spot(&relation.provenance, "others"));
            let finding = finding.with("project", key(model, relation.project));
            findings.push(finding.with("other", key(model, *other)));
        }
    }
    for project in Needs::read(model).circular() {
        let relation = model.relations.iter().find(|r| r.project == project && r.kind == RelationKind::Needs);
        let place = relation.map_or_else(Spot::default, |r| spot(&r.provenance, "others"));
        findings.push(Diagnostic::new(Code("E404")).at(place).with("project", key(model, project)));
    }
    for scenario in &model.scenarios {
        let built = |project: &ProjectId| {
            matches!(scenario.decisions.get(project.index()), Some(Decision::Build { .. }))
        };
        for relation in model.relations.iter().filter(|r| built(&r.project)) {
            let (code, others): (_, Vec<&ProjectId>) = match relation.kind {
                RelationKind::Needs => ("W404", relation.others.iter().filter(|p| !built(p)).collect()),
                RelationKind::Excludes => ("E407", relation.others.iter().filter(|p| built(p)).collect()),
                RelationKind::NeedsOneOf if relation.others.iter().any(built) => continue,
                RelationKind::NeedsOneOf => ("E408", relation.others.iter().collect()),
            };
            if others.is_empty() {
                continue;
            }
            let others: Vec<&str> = others.into_iter().map(|&p| key(model, p)).collect();
            let finding = Diagnostic::new(Code(code)).at(spot(&relation.provenance, "others"));
            let finding = finding.with("scenario", &scenario.key);
            let finding = finding.with("project", key(model, relation.project));
            findings.push(finding.with("others", others.join(", ")));
        }
    }
}

fn key(model: &Model, project: ProjectId) -> &str {
    let project: &Project = &model.projects[project];
    &project.key
}
