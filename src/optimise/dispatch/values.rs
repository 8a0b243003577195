//! A year read from the values of a problem, and put into them.

use super::YearColumns;
use crate::optimise::allocation::{Allocation, MarketArcs};
use crate::optimise::solver::Column;
use crate::plan::Plan;

impl YearColumns {
    /// The year that an answer gives; what lies outside a bound by rounding is put on it.
    #[must_use]
    pub fn read(&self, values: &[f64]) -> Allocation {
        let activity = self.activity.iter().zip(&self.dimension_of_activity);
        let markets = self.markets.iter().zip(&self.dimension_of_market).map(|(columns, dimension)| {
            let scale = self.scales[*dimension as usize];
            let of = |column: Option<Column>| column.map_or(0.0, |c| c.of(values).max(0.0) * scale);
            MarketArcs {
                brought_in: of(columns.brought_in),
                exported: of(columns.exported),
                sunk: of(columns.sunk),
                passed_up: of(columns.passed_up),
                came_down: of(columns.came_down),
                reclaimed: of(columns.reclaimed),
                unmet: of(Some(columns.unmet)),
            }
        });
        Allocation {
            activity: activity
                .map(|(column, dimension)| column.of(values).max(0.0) * self.scales[*dimension as usize])
                .collect(),
            markets: markets.collect(),
        }
    }

    /// Puts activities and what markets did in a simulated year into the values of a problem. What projects move to
    /// another recipe, and who was served from stock or lacked what, is left as it is.
    pub fn put(&self, plan: &Plan, year: &crate::simulate::YearResult, values: &mut [f64]) {
        self.write_where_there_is_a_column(&Allocation::of(plan, year), values);
    }

    /// Puts a year into the values of a problem, by column.
    ///
    /// # Panics
    /// When the year is of another plan, or carries something on an arc that the programme does not have.
    pub fn write(&self, year: &Allocation, values: &mut [f64]) {
        assert_eq!(year.activity.len(), self.activity.len(), "processes of the same plan");
        let lost = self.write_where_there_is_a_column(year, values);
        assert!(lost == 0.0, "a flow of {lost} where there is no arc");
    }

    /// Puts a year into the values; gives the largest flow for which there is no column.
    fn write_where_there_is_a_column(&self, year: &Allocation, values: &mut [f64]) -> f64 {
        let mut lost = 0.0_f64;
        for ((column, dimension), activity) in
            self.activity.iter().zip(&self.dimension_of_activity).zip(&year.activity)
        {
            column.put(values, activity / self.scales[*dimension as usize]);
        }
        for ((columns, dimension), arcs) in
            self.markets.iter().zip(&self.dimension_of_market).zip(&year.markets)
        {
            let scale = self.scales[*dimension as usize];
            for (column, flow) in [
                (columns.brought_in, arcs.brought_in),
                (columns.exported, arcs.exported),
                (columns.sunk, arcs.sunk),
                (columns.passed_up, arcs.passed_up),
                (columns.came_down, arcs.came_down),
                (columns.reclaimed, arcs.reclaimed),
                (Some(columns.unmet), arcs.unmet),
            ] {
                match column {
                    Some(column) => column.put(values, flow / scale),
                    None => lost = lost.max(flow.abs()),
                }
            }
        }
        lost
    }
}
