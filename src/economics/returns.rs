//! What a project returns: present value, internal rate of return, payback (E-economics-04 to E-economics-06).

use crate::funding::ProjectSchedule;
use crate::id::ProjectId;
use crate::model::Model;

/// Assumptions of the appraisal. They are not in the tables, and stand beside every figure that rests on them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appraising {
    /// Discount rate a year, as a share.
    pub rate: f64,
    /// Years on stream that count.
    pub life: u32,
}

impl Default for Appraising {
    fn default() -> Self {
        Self { rate: 0.08, life: 15 }
    }
}

/// What a project returns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Return {
    /// Project.
    pub project: ProjectId,
    /// Revenue less operating cost in a year on stream, yuan; `None` unless the tables give both.
    pub yearly: Option<f64>,
    /// Net present value at its first month of work, yuan.
    pub npv: Option<f64>,
    /// Internal rate of return a year, as a share; `None` also where no rate brings the present value to nothing.
    pub irr: Option<f64>,
    /// Years on stream until the investment is earned, undiscounted; `None` also where it never is.
    pub payback: Option<f64>,
    /// Jobs per million yuan of investment.
    pub jobs_per_million: Option<f64>,
}

/// What the projects of a schedule return, those that are built, in the model's order. The investment is spent evenly over
/// the months of work, the yearly surplus comes in the middle of each year on stream.
#[must_use]
pub fn returns(model: &Model, schedule: &[ProjectSchedule], by: &Appraising) -> Vec<Return> {
    let built = model.projects.enumerate().zip(schedule).filter(|(_, schedule)| schedule.built);
    built
        .map(|((id, project), _)| {
            let investment = project.investment.yuan();
            let both = project.revenue.zip(project.operating_cost);
            let yearly = both.map(|(revenue, cost)| revenue.central - cost.central);
            let years = f64::from(project.build_months) / 12.0;
            let value =
                |rate: f64| yearly.map(|yearly| present_value(investment, years, yearly, by.life, rate));
            let millions = investment / 1e6;
            Return {
                project: id,
                yearly,
                npv: value(by.rate),
                irr: yearly.and_then(|yearly| internal_rate(investment, years, yearly, by.life)),
                payback: yearly.filter(|yearly| *yearly > 0.0).map(|yearly| investment / yearly),
                jobs_per_million: project.jobs.filter(|_| millions > 0.0).map(|jobs| jobs.central / millions),
            }
        })
        .collect()
}

/// Present value at the begin of the works: the investment in the middle of them, the surpluses in the middle of each year.
fn present_value(investment: f64, years: f64, yearly: f64, life: u32, rate: f64) -> f64 {
    let discounted = |amount: f64, after: f64| amount / libm::pow(1.0 + rate, after);
    let earned: f64 = (0..life).map(|year| discounted(yearly, years + f64::from(year) + 0.5)).sum();
    earned - discounted(investment, years / 2.0)
}

/// The rate at which the present value is nothing, by halving between −90 % and 1,000 %.
fn internal_rate(investment: f64, years: f64, yearly: f64, life: u32) -> Option<f64> {
    let value = |rate: f64| present_value(investment, years, yearly, life, rate);
    let (mut low, mut high) = (-0.9, 10.0);
    if value(low) <= 0.0 || value(high) >= 0.0 {
        return None;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if value(middle) > 0.0 { low = middle } else { high = middle }
    }
    Some((low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_present_value_by_hand() {
        // 100 spent at once, 60 in the middle of each of two years, at 10 %: 60/1.1^0.5 + 60/1.1^1.5 − 100.
        let known = 60.0 / 1.1_f64.powf(0.5) + 60.0 / 1.1_f64.powf(1.5) - 100.0;
        assert!((present_value(100.0, 0.0, 60.0, 2, 0.1) - known).abs() < 1e-12);
        assert_eq!(present_value(100.0, 0.0, 60.0, 2, 0.0), 20.0);
    }

    #[test]
    fn the_internal_rate_brings_the_present_value_to_nothing() {
        let rate = internal_rate(100.0, 1.0, 15.0, 15).expect("it earns its money");
        assert!(present_value(100.0, 1.0, 15.0, 15, rate).abs() < 1e-9, "{rate}");
        assert_eq!(internal_rate(100.0, 1.0, -5.0, 15), None);
    }
}
