//! Kind `stock`.

use super::answers::{Answer, Answers, Question, Unanswered};
use crate::case::{Case, StockSystem};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{Id, PeriodId};
use crate::stock::{Cohorts, StockFault, drive};

/// Stocks followed through all periods.
pub(super) struct StockAnswers<'a> {
    case: &'a Case,
    system: &'a StockSystem,
    cohorts: Vec<Cohorts>,
}

/// A quantity of a stock.
enum Asked {
    Stock,
    Inflow,
    Outflow,
    Change,
    CumulativeInflow,
    CumulativeOutflow,
    StockOf(usize),
    OutflowOf(usize),
    OpeningInflow(f64),
}

impl<'a> StockAnswers<'a> {
    /// Follows all stocks; without answers the findings say why.
    pub(super) fn of(case: &'a Case, system: &'a StockSystem) -> (Option<Self>, Findings) {
        let (mut cohorts, mut findings) = (Vec::new(), Findings::default());
        for stock in &system.stocks {
            let followed = drive(
                stock.ageing,
                stock.driver,
                stock.negative,
                &system.times,
                &stock.series,
                &stock.opening,
            );
            match followed {
                Ok(followed) => cohorts.push(followed),
                Err(fault) => {
                    let spot = Spot {
                        file: "stocks.csv".to_owned(),
                        row: Some(stock.line),
                        column: Some("lifetime".to_owned()),
                    };
                    let finding = match fault {
                        StockFault::NothingStays => Diagnostic::new(Code("E746")),
                        StockFault::NothingSoOld(age) => {
                            Diagnostic::new(Code("E747")).with("age", age.to_string())
                        }
                        StockFault::TailTooLong => Diagnostic::new(Code("E748")),
                    };
                    findings.push(finding.at(spot));
                }
            }
        }
        if findings.has_errors() {
            (None, findings)
        } else {
            (Some(Self { case, system, cohorts }), findings)
        }
    }

    fn asked(&self, question: &Question<'_>) -> Option<Asked> {
        Some(match question.quantity {
            "stock" => Asked::Stock,
            "inflow" => Asked::Inflow,
            "outflow" => Asked::Outflow,
            "change" => Asked::Change,
            "cumulative_inflow" => Asked::CumulativeInflow,
            "cumulative_outflow" => Asked::CumulativeOutflow,
            _ => match question.call()? {
                ("stock", period) => Asked::StockOf(self.period(period)?),
                ("outflow", period) => Asked::OutflowOf(self.period(period)?),
                ("opening_inflow", age) => Asked::OpeningInflow(age.parse().ok()?),
                _ => return None,
            },
        })
    }

    /// The position of a period by its name.
    fn period(&self, name: &str) -> Option<usize> {
        let same = |known: &str| match (known.parse::<f64>(), name.parse::<f64>()) {
            (Ok(a), Ok(b)) => a == b,
            _ => known == name,
        };
        self.case.periods.iter().position(|known| same(known))
    }
}

impl Answers for StockAnswers<'_> {
    fn answer(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        let asked = self.asked(question).ok_or(Unanswered::UnknownQuantity)?;
        if question.what != "value" {
            return Err(Unanswered::UnknownWhat);
        }
        let meets = |asked: &str, own: &str| asked.is_empty() || asked == own;
        let stocks = self.system.stocks.iter().zip(&self.cohorts);
        let own: Vec<&Cohorts> = stocks
            .filter(|(stock, _)| {
                meets(question.region, &stock.region) && meets(question.product, &stock.product)
            })
            .map(|(_, cohorts)| cohorts)
            .collect();
        if own.is_empty() {
            return Err(Unanswered::UnknownQuantity);
        }
        if let Asked::OpeningInflow(age) = asked {
            let parts: Vec<f64> = own.iter().filter_map(|cohorts| cohorts.opening_inflow(age)).collect();
            return if parts.is_empty() {
                Err(Unanswered::UnknownQuantity)
            } else {
                Ok(Answer::of(Some(parts.iter().sum())))
            };
        }
        let only = (self.case.periods.len() == 1).then_some(PeriodId::from_index(0));
        let period = question.period.or(only).ok_or(Unanswered::NeedsPeriod)?.index();
        let value = |cohorts: &&Cohorts| match asked {
            Asked::Stock => cohorts.stock[period],
            Asked::Inflow => cohorts.inflow[period],
            Asked::Outflow => cohorts.outflow[period],
            Asked::Change => {
                let before = period.checked_sub(1).map_or(cohorts.opening, |before| cohorts.stock[before]);
                cohorts.stock[period] - before
            }
            Asked::CumulativeInflow => cohorts.inflow[..=period].iter().sum(),
            Asked::CumulativeOutflow => cohorts.outflow[..=period].iter().sum(),
            Asked::StockOf(cohort) => cohorts.of_cohort(cohort, period),
            Asked::OutflowOf(cohort) => cohorts.outflow_of_cohort(cohort, period),
            Asked::OpeningInflow(_) => 0.0,
        };
        Ok(Answer::of(Some(own.iter().map(value).sum())))
    }
}
