//! A second, slow implementation of one year's market clearing, written from the rules alone.
//!
//! It knows no groups, no condensation, no Newton: it sweeps over every tier of the whole system until
//! nothing moves. Where a year has one answer, the engine must give the same. It is used as a yardstick
//! only, in `properties`.

use circflow::id::{MaterialId, PlaceId};
use circflow::model::{Amount, Driver, MaterialKind, Model, Role};
use std::collections::BTreeMap;

/// A market and what the sweeps know of it.
#[derive(Clone, Debug, Default)]
struct Pool {
    parent: Option<usize>,
    pass_up_limit: f64,
    stock: f64,
    surplus: f64,
    shortage: f64,
}

/// The yardstick's view of a system.
pub(crate) struct Reference<'a> {
    model: &'a Model,
    year: i32,
    pools: Vec<Pool>,
    /// Children first.
    order: Vec<usize>,
    trades: Vec<Vec<Option<usize>>>,
    amounts: Vec<Vec<f64>>,
    demand: Vec<f64>,
}

impl<'a> Reference<'a> {
    /// Reads the first year of a model.
    pub(crate) fn new(model: &'a Model) -> Self {
        let year = model.settings.base_year;
        let mut index: BTreeMap<(MaterialId, PlaceId), usize> = BTreeMap::new();
        let mut pools = Vec::new();
        let root = model.places.ids().next().expect("a root");
        let mut places: Vec<(MaterialId, PlaceId)> = Vec::new();
        for material in model.materials.ids() {
            places.push((material, root));
        }
        for place in model.places.ids() {
            for rule in model.market_rules.iter().filter(|r| r.place == place && place != root) {
                places.push((rule.material, place));
            }
        }
        for key in places {
            index.entry(key).or_insert_with(|| {
                pools.push(Pool { pass_up_limit: f64::INFINITY, ..Pool::default() });
                pools.len() - 1
            });
        }
        for (&(material, place), &at) in &index {
            pools[at].parent =
                model.places.upward(place).skip(1).find_map(|above| index.get(&(material, above)).copied());
        }
        for rule in &model.market_rules {
            let pool = &mut pools[index[&(rule.material, rule.place)]];
            pool.pass_up_limit = rule.pass_up_limit.map_or(f64::INFINITY, |q| q.central);
            if rule.keep_local {
                pool.pass_up_limit = 0.0;
            }
            let opening = rule.opening_stock.map_or(0.0, |q| q.central);
            let limit = match (rule.reclaim_limit, rule.reclaim_share) {
                (Some(limit), _) => limit.central,
                (None, Some(share)) => share.central * opening,
                (None, None) => 0.0,
            };
            pool.stock = limit.min(opening);
        }
        let depth = |mut at: usize| {
            let mut depth = 0;
            while let Some(above) = pools[at].parent {
                depth += 1;
                at = above;
            }
            depth
        };
        let mut order: Vec<usize> = (0..pools.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(depth(at)));
        let nearest = |material: MaterialId, place: PlaceId| {
            model.places.upward(place).find_map(|p| index.get(&(material, p)).copied())
        };
        let trades = model
            .processes
            .iter()
            .map(|process| {
                let traded = |role| !matches!(role, Role::Loss | Role::Recirculated);
                let rows = process.rows.iter();
                rows.map(|row| traded(row.role).then(|| nearest(row.material, process.place)).flatten())
                    .collect()
            })
            .collect();
        let amounts = model.processes.iter().map(|process| amounts_per_activity(model, process)).collect();
        let mut demand = vec![0.0; pools.len()];
        for row in &model.demands {
            let at = nearest(row.material, row.place).expect("a root market");
            demand[at] += row.series.central(year).unwrap_or(0.0);
        }
        Self { model, year, pools, order, trades, amounts, demand }
    }

    fn capacity(&self, process: usize) -> f64 {
        let record = &self.model.processes.as_slice()[process];
        if !record.runs_in(self.year) {
            return 0.0;
        }
        record.capacity.map_or(f64::INFINITY, |q| q.central)
    }

    fn share(&self, process: usize) -> f64 {
        let record = &self.model.processes.as_slice()[process];
        record.share.map_or_else(|| self.capacity(process), |q| q.central)
    }

    /// Surplus and shortage of every market before its takers and makers, at these activities.
    fn positions(&mut self, activity: &[f64]) {
        let n = self.pools.len();
        let (mut supply, mut draws) = (vec![0.0; n], self.demand.clone());
        let (mut taken, mut made) = (vec![0.0; n], vec![0.0; n]);
        for (p, process) in self.model.processes.iter().enumerate() {
            for (r, row) in process.rows.iter().enumerate() {
                let Some(at) = self.trades[p][r] else { continue };
                let quantity = self.amounts[p][r] * activity[p];
                match row.role {
                    Role::Feed | Role::Input if process.taken() == Some(r) => taken[at] += quantity,
                    Role::Feed | Role::Input => draws[at] += quantity,
                    _ if process.called == Some(r) => made[at] += quantity,
                    _ => supply[at] += quantity,
                }
            }
        }
        for &at in &self.order {
            let surplus = (supply[at] - draws[at]).max(0.0);
            let shortage = (draws[at] - supply[at]).max(0.0);
            self.pools[at].surplus = surplus;
            self.pools[at].shortage = shortage;
            let from_stock = (shortage - made[at]).max(0.0).min(self.pools[at].stock);
            if let Some(above) = self.pools[at].parent {
                supply[above] += (surplus - taken[at]).max(0.0).min(self.pools[at].pass_up_limit);
                draws[above] += (shortage - made[at] - from_stock).max(0.0);
            }
        }
    }

    /// Activities of the year, or `None` when the sweeps do not settle.
    pub(crate) fn solve(&mut self) -> Option<Vec<f64>> {
        let processes = self.model.processes.as_slice();
        let mut activity = vec![0.0; processes.len()];
        for (p, process) in processes.iter().enumerate() {
            if process.driver == Driver::Level {
                let level = process.activity.central(self.year).unwrap_or(0.0);
                activity[p] = level.min(self.capacity(p));
            }
        }
        let key = |p: usize| (processes[p].driver == Driver::Demand, processes[p].priority);
        let mut tiers: Vec<(bool, i32)> =
            (0..processes.len()).filter(|&p| processes[p].driver != Driver::Level).map(key).collect();
        tiers.sort_unstable();
        tiers.dedup();
        let mut step = 1.0;
        for sweep in 1..=2000 {
            let mut moved = 0.0_f64;
            for &tier in &tiers {
                self.positions(&activity);
                let members: Vec<usize> = (0..processes.len())
                    .filter(|&p| processes[p].driver != Driver::Level && key(p) == tier)
                    .collect();
                let filled = self.fill(&members, tier, &activity);
                for (&p, value) in members.iter().zip(filled) {
                    let next = activity[p] + step * (value - activity[p]);
                    moved = moved.max((next - activity[p]).abs() / (1.0 + activity[p].abs()));
                    activity[p] = next;
                }
            }
            if moved < 1e-13 {
                return Some(activity);
            }
            if sweep % 400 == 0 {
                step /= 2.0;
            }
        }
        None
    }

    /// Fills all processes of a tier together: they rise with their shares, each until it is stopped.
    fn fill(&self, members: &[usize], tier: (bool, i32), activity: &[f64]) -> Vec<f64> {
        let processes = self.model.processes.as_slice();
        let earlier = |p: usize| {
            processes[p].driver != Driver::Level
                && (processes[p].driver == Driver::Demand, processes[p].priority) < tier
        };
        let mut feed_left = vec![0.0; self.pools.len()];
        let mut room_left = vec![0.0; self.pools.len()];
        for (at, pool) in self.pools.iter().enumerate() {
            let total = |called: bool, only_earlier: bool| -> f64 {
                (0..processes.len())
                    .filter(|&p| !only_earlier || earlier(p))
                    .filter_map(|p| {
                        let row = if called { processes[p].called } else { processes[p].taken() }?;
                        (self.trades[p][row] == Some(at)).then(|| self.amounts[p][row] * activity[p])
                    })
                    .sum()
            };
            let from_stock = (pool.shortage - total(true, false)).max(0.0).min(pool.stock);
            let stock = if tier.1 <= 6 { pool.stock - from_stock } else { 0.0 };
            feed_left[at] = (pool.surplus + stock - total(false, true)).max(0.0);
            room_left[at] = (pool.shortage - total(true, true)).max(0.0);
        }
        let mut level = vec![0.0; members.len()];
        let mut rising: Vec<bool> =
            members.iter().map(|&p| self.share(p) > 0.0 && self.capacity(p) > 0.0).collect();
        loop {
            let mut step = f64::INFINITY;
            let (mut feed_rate, mut room_rate) = (vec![0.0; self.pools.len()], vec![0.0; self.pools.len()]);
            for (m, &p) in members.iter().enumerate().filter(|(m, _)| rising[*m]) {
                let share = self.share(p);
                step = step.min((self.capacity(p) - level[m]) / share);
                if let Some(row) = processes[p].taken() {
                    feed_rate[self.trades[p][row].expect("feed is traded")] += self.amounts[p][row] * share;
                }
                if let Some(row) = processes[p].called {
                    room_rate[self.trades[p][row].expect("product is traded")] +=
                        self.amounts[p][row] * share;
                }
            }
            for at in 0..self.pools.len() {
                if feed_rate[at] > 0.0 {
                    step = step.min(feed_left[at] / feed_rate[at]);
                }
                if room_rate[at] > 0.0 {
                    step = step.min(room_left[at] / room_rate[at]);
                }
            }
            if !rising.contains(&true) || step.is_infinite() {
                return level;
            }
            for at in 0..self.pools.len() {
                feed_left[at] = (feed_left[at] - step * feed_rate[at]).max(0.0);
                room_left[at] = (room_left[at] - step * room_rate[at]).max(0.0);
            }
            for (m, &p) in members.iter().enumerate() {
                if !rising[m] {
                    continue;
                }
                level[m] += step * self.share(p);
                let used_up = |row: Option<usize>, left: &[f64], rate: &[f64]| {
                    row.is_some_and(|row| {
                        let at = self.trades[p][row].expect("traded");
                        left[at] <= 1e-12 * rate[at].max(1e-300)
                    })
                };
                let full = self.capacity(p) - level[m] <= 1e-12 * self.capacity(p);
                if full
                    || used_up(processes[p].taken(), &feed_left, &feed_rate)
                    || used_up(processes[p].called, &room_left, &room_rate)
                {
                    rising[m] = false;
                }
            }
        }
    }
}

/// Amounts per unit of activity, the `rest` row closed by mass.
fn amounts_per_activity(model: &Model, process: &circflow::model::Process) -> Vec<f64> {
    let mass = |row: usize| match process.rows[row].role {
        Role::Recirculated => 0.0,
        role => {
            let material = &model.materials[process.rows[row].material];
            let sign = if role.is_input() { 1.0 } else { -1.0 };
            sign * if material.kind == MaterialKind::Energy {
                0.0
            } else {
                material.mass_per_unit.unwrap_or(0.0)
            }
        }
    };
    let mut amounts: Vec<f64> = process
        .rows
        .iter()
        .map(|row| match row.amount {
            Amount::Given(quantity) => quantity.central,
            Amount::Rest => 0.0,
        })
        .collect();
    if let Some(rest) = process.rows.iter().position(|row| row.amount == Amount::Rest) {
        let open: f64 = (0..amounts.len()).map(|row| mass(row) * amounts[row]).sum();
        amounts[rest] = -open / mass(rest);
    }
    let reference = amounts[process.reference];
    amounts.iter().map(|amount| amount / reference).collect()
}

/// Largest relative difference between the engine's activities and the yardstick's.
pub(crate) fn difference(model: &Model, engine: &[f64]) -> Option<f64> {
    let reference = Reference::new(model).solve()?;
    assert_eq!(engine.len(), reference.len());
    let scale = reference.iter().chain(engine).fold(0.0_f64, |scale, a| scale.max(a.abs())).max(1e-300);
    Some(engine.iter().zip(&reference).map(|(a, b)| (a - b).abs() / scale).fold(0.0, f64::max))
}

mod tests {
    use super::super::town::Town;
    use super::Reference;
    use circflow::model::Treatment;

    #[test]
    fn the_yardstick_fills_by_hand() {
        // 100 t of waste; two utilisers of capacity 60 and 20 take 60 and 20; fill takes the remaining 20.
        let mut town = Town::new();
        let (waste, brick, fill) = (town.waste("waste"), town.product("brick"), town.product("fill"));
        let city = town.city();
        let ore = town.nature("ore");
        town.process("mine", city).input(ore, 1.0).byproduct(waste, 1.0).level(100.0);
        for capacity in [60.0, 20.0] {
            let works = town.process("works", city).feed(waste, 1.0).product(brick, 1.0);
            works.treatment(Treatment::Utilisation).capacity(capacity).takes();
        }
        let filler = town.process("filler", city).feed(waste, 1.0).product(fill, 1.0);
        filler.treatment(Treatment::Backfill).capacity(50.0).takes();
        assert_eq!(Reference::new(&town.model).solve().unwrap(), [100.0, 60.0, 20.0, 20.0]);
    }
}
