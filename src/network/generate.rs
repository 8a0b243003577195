//! Generated models: park systems of any size, for property tests, benches and experiments with the engine.
//!
//! Everything is drawn from a small counter generator, so that a seed names a model on every platform.

mod options;
mod projects;
pub mod stream;

pub use options::GenerateOptions;
pub use stream::Stream;

use crate::id::{MaterialId, PlaceId, ScenarioId, Table};
use crate::model::{
    Amount, Basis, Driver, FinalDemand, MarketRule, Material, MaterialKind, Model, Place, PlaceKind, Places,
    Process, Provenance, RecipeRow, Role, Scenario, Series, Settings, TableKind, Treatment,
};
use crate::quantity::Quantity;
use crate::units::Dimension;

/// Layers of wastes: a process that takes one layer gives the next, unless coupled back.
const LAYERS: usize = 6;
/// Longest ring.
pub const LONGEST_RING: usize = 50;
const PARK_SIZE: usize = 16;
const PARKS_A_COUNTY: usize = 24;

struct Maker {
    model: Model,
    stream: Stream,
    options: GenerateOptions,
    coal: MaterialId,
    smoke: MaterialId,
    wastes: Vec<MaterialId>,
    walls: Vec<MaterialId>,
    goods: Vec<MaterialId>,
    ring: Vec<MaterialId>,
}

/// Generates a model. Complexity linear in processes. All recipes close, all capacities are given.
#[must_use]
pub fn generate(options: &GenerateOptions) -> Model {
    let mut maker = Maker::new(*options);
    let in_rings = (options.processes as f64 * options.loop_share) as usize;
    let mut left = options.processes - in_rings.min(options.processes);
    let mut rings_left = if in_rings >= 2 { in_rings } else { 0 };
    left += in_rings.min(options.processes) - rings_left;
    let mut county = Places::ROOT;
    let mut parks = 0;
    while left > 0 || rings_left > 0 || options.parks.is_some_and(|asked| parks < asked) {
        if parks % PARKS_A_COUNTY == 0 {
            county = maker.place("county", "县", PlaceKind::County, Places::ROOT);
        }
        parks += 1;
        let park = maker.place("park", "园区", PlaceKind::Park, county);
        let size = match options.parks {
            None => left.min(PARK_SIZE),
            Some(asked) => left.div_ceil(parks_left(asked, parks)),
        };
        maker.park(park, size);
        left -= size;
        // Rings are spread over the parks, one a park, so that what is left of both runs out together.
        if let Some(length) = maker.ring_length(rings_left, left, parks) {
            maker.ring(park, length);
            rings_left -= length;
        }
    }
    projects::add(&mut maker, options.projects);
    maker.model
}

impl Maker {
    fn new(options: GenerateOptions) -> Self {
        let settings = Settings {
            id: format!("generated-{}-{}", options.processes, options.seed),
            name: "生成的系统".into(),
            name_en: "Generated system".into(),
            base_year: 2015,
            horizon: 2015 + options.years - 1,
            illustrative: true,
            indicator_sets: Vec::new(),
            seed: options.seed,
            draws: 0,
            actual_until: None,
        };
        let mut scenarios = Table::new();
        let scenario: ScenarioId = scenarios.push(Scenario {
            key: "base".into(),
            name: "基准".into(),
            name_en: "Base".into(),
            why: "生成".into(),
            why_en: "generated".into(),
            base: true,
            matching: false,
            decisions: Vec::new(),
            provenance: Provenance::made(TableKind::Scenarios),
        });
        let model = Model {
            settings,
            places: Places::default(),
            enterprises: Table::new(),
            materials: Table::new(),
            technologies: Table::new(),
            processes: Table::new(),
            market_rules: Vec::new(),
            demands: Vec::new(),
            stocks: Table::new(),
            projects: Table::new(),
            relations: Vec::new(),
            funds: Table::new(),
            duties: Vec::new(),
            appropriations: Vec::new(),
            financing: Table::new(),
            grant_rules: Vec::new(),
            choice_rules: Vec::new(),
            statistics: Vec::new(),
            targets: Vec::new(),
            prices: Vec::new(),
            scenarios,
            scenario,
            parameters: Table::new(),
            measurements: Vec::new(),
            contents: Vec::new(),
            alternatives: Vec::new(),
            sources: Table::new(),
        };
        let mut maker = Self {
            model,
            stream: Stream::new(options.seed),
            options,
            coal: MaterialId(0),
            smoke: MaterialId(0),
            wastes: Vec::new(),
            walls: Vec::new(),
            goods: Vec::new(),
            ring: Vec::new(),
        };
        maker.model.places.0.push(Place {
            key: "city".into(),
            name: "城市".into(),
            name_en: "City".into(),
            kind: PlaceKind::City,
            parent: None,
            frame_only: false,
            provenance: Provenance::made(TableKind::Places),
        });
        maker.coal = maker.material("coal", "煤", MaterialKind::Resource);
        maker.smoke = maker.material("smoke", "烟气", MaterialKind::Emission);
        for layer in 0..LAYERS {
            let name = |what: &str| format!("{what}-{layer}");
            let waste = maker.material(&name("waste"), &name("废物"), MaterialKind::Waste);
            let wall = maker.material(&name("wall"), &name("墙材"), MaterialKind::Product);
            let goods = maker.material(&name("goods"), &name("产品"), MaterialKind::Product);
            maker.wastes.push(waste);
            maker.walls.push(wall);
            maker.goods.push(goods);
        }
        if options.loop_share > 0.0 {
            maker.ring = (0..LONGEST_RING)
                .map(|at| maker.material(&format!("ring-{at}"), &format!("环料-{at}"), MaterialKind::Waste))
                .collect();
        }
        maker
    }

    fn material(&mut self, key: &str, name: &str, kind: MaterialKind) -> MaterialId {
        let class = (kind == MaterialKind::Waste).then(|| "general_industrial_solid_waste".to_owned());
        self.model.materials.push(Material {
            key: key.into(),
            name: name.into(),
            name_en: key.into(),
            kind,
            classes: class.into_iter().collect(),
            dimension: Dimension::Mass,
            basis: Basis::Wet,
            moisture: None,
            mass_per_unit: Some(1.0),
            tce_per_unit: None,
            co2_per_unit: None,
            provenance: Provenance::made(TableKind::Materials),
        })
    }

    fn place(&mut self, what: &str, name: &str, kind: PlaceKind, parent: PlaceId) -> PlaceId {
        let key = format!("{what}-{}", self.model.places.len());
        self.model.places.0.push(Place {
            name: format!("{name}-{}", self.model.places.len()),
            name_en: key.clone(),
            key,
            kind,
            parent: Some(parent),
            frame_only: false,
            provenance: Provenance::made(TableKind::Places),
        })
    }

    fn market(&mut self, material: MaterialId, place: PlaceId) -> &mut MarketRule {
        self.model.market_rules.push(MarketRule {
            material,
            place,
            import_limit: None,
            export_limit: None,
            import_price: None,
            export_price: None,
            sink: None,
            opening_stock: None,
            reclaim_limit: None,
            reclaim_share: None,
            export_as: None,
            keep_local: false,
            pass_up_limit: None,
            provenance: Provenance::made(TableKind::Markets),
        });
        self.model.market_rules.last_mut().expect("just pushed")
    }

    fn demand(&mut self, material: MaterialId, place: PlaceId, quantity: f64) {
        let provenance = Provenance::made(TableKind::Demand);
        let series = Series::constant(self.model.settings.base_year, quantity, provenance);
        self.model.demands.push(FinalDemand { material, place, series });
    }

    fn process(&mut self, place: PlaceId, driver: Driver, rows: &[(Role, MaterialId, f64)]) -> &mut Process {
        let provenance = Provenance::made(TableKind::Recipes);
        let mut list: Vec<RecipeRow> = rows
            .iter()
            .map(|&(role, material, amount)| RecipeRow {
                role,
                material,
                amount: Amount::Given(Quantity::exact(amount)),
                basis: Basis::Wet,
                provenance,
            })
            .collect();
        list.push(RecipeRow {
            role: Role::Emission,
            material: self.smoke,
            amount: Amount::Rest,
            basis: Basis::Wet,
            provenance,
        });
        let treatment = [
            Treatment::Reuse,
            Treatment::Utilisation,
            Treatment::Backfill,
            Treatment::None,
            Treatment::Disposal,
        ][self.stream.below(5)];
        let key = format!("p{}", self.model.processes.len());
        let called = list.iter().position(|row| row.role == Role::Product);
        let id = self.model.processes.push(Process {
            name: format!("工序{}", self.model.processes.len()),
            name_en: key.clone(),
            key,
            enterprise: None,
            place,
            technology: None,
            rows: list,
            open: false,
            driver,
            reference: if driver == Driver::Demand { called.unwrap_or(0) } else { 0 },
            called: if matches!(driver, Driver::Demand | Driver::Both) { called } else { None },
            capacity: Some(Quantity::exact(self.stream.between(20.0, 200.0))),
            activity: Series::default(),
            treatment,
            priority: treatment.priority(),
            share: None,
            from: None,
            until: None,
            provenance: Provenance::made(TableKind::Processes),
        });
        &mut self.model.processes[id]
    }

    /// The waste a process of a layer gives: the next layer's, or when coupled any one's.
    fn waste_after(&mut self, layer: usize) -> MaterialId {
        let at = if self.stream.chance(self.options.coupling) {
            self.stream.below(LAYERS)
        } else {
            (layer + 1).min(LAYERS - 1)
        };
        self.wastes[at]
    }

    /// A park: sources, then works of every kind in layers, with markets of its own for some materials.
    fn park(&mut self, place: PlaceId, size: usize) {
        for layer in 0..LAYERS {
            if self.stream.chance(0.6) {
                let (waste, stock) = (self.wastes[layer], self.stream.between(0.0, 300.0));
                let (keep, limited) = (self.stream.chance(0.15), self.stream.chance(0.15));
                let (share, limit) = (self.stream.between(0.0, 0.4), self.stream.between(0.0, 100.0));
                let reclaims = self.stream.chance(0.4);
                let rule = self.market(waste, place);
                rule.keep_local = keep;
                if limited && !keep {
                    rule.pass_up_limit = Some(Quantity::exact(limit));
                }
                if reclaims {
                    rule.opening_stock = Some(Quantity::exact(stock));
                    rule.reclaim_share = Some(Quantity::exact(share));
                }
            }
            let wall = self.walls[layer];
            self.market(wall, place);
            let wanted = self.stream.between(10.0, 150.0);
            self.demand(wall, place, wanted);
        }
        for at in 0..size {
            let rival = self.options.rivalry > 0.0 && self.stream.chance(self.options.rivalry);
            let layer = if rival { 0 } else { self.stream.below(LAYERS - 1) };
            let feed = self.wastes[layer];
            let by = self.waste_after(layer);
            let (yielded, made) = (self.stream.between(0.1, 0.5), self.stream.between(0.2, 0.45));
            let fuel = self.stream.between(0.0, 0.3);
            let (coal, wall, goods) = (self.coal, self.walls[layer], self.goods[layer]);
            // Every fourth is a source; the others take, make on call, or both.
            match if at % 4 == 0 { 0 } else { 1 + self.stream.below(4) } {
                0 => {
                    let level = self.stream.between(50.0, 400.0);
                    let year = self.model.settings.base_year;
                    let rows = [(Role::Input, coal, 2.0), (Role::Byproduct, feed, 1.0)];
                    let process = self.process(place, Driver::Level, &rows);
                    process.reference = 1;
                    process.capacity = None;
                    process.activity = Series::constant(year, level, Provenance::made(TableKind::Activity));
                }
                1 | 2 => {
                    let rows = [
                        (Role::Feed, feed, 1.0),
                        (Role::Input, coal, fuel),
                        (Role::Byproduct, by, yielded),
                        (Role::Product, goods, made),
                    ];
                    self.process(place, Driver::Feed, &rows);
                }
                3 => {
                    let rows = [
                        (Role::Feed, feed, 1.0),
                        (Role::Input, coal, fuel),
                        (Role::Product, wall, made),
                        (Role::Byproduct, by, yielded),
                    ];
                    self.process(place, Driver::Both, &rows);
                }
                _ => {
                    // Drawing on the layer it competes with would make a loop; without coupling it draws further down.
                    let below = self.wastes[(layer + 2).min(LAYERS - 1)];
                    let drawn = if self.stream.chance(self.options.coupling) { feed } else { below };
                    let rows = [
                        (Role::Input, drawn, 0.4),
                        (Role::Input, coal, 1.2),
                        (Role::Product, wall, 1.0),
                        (Role::Byproduct, by, 0.3),
                    ];
                    let process = self.process(place, Driver::Demand, &rows);
                    process.priority = 5;
                }
            }
        }
    }

    /// How many processes the ring of a park has; `None` where it gets none. One process alone is never left over.
    fn ring_length(&mut self, rings_left: usize, left: usize, parks: usize) -> Option<usize> {
        if rings_left < 2 {
            return None;
        }
        let longest = rings_left.min(LONGEST_RING);
        let length = match self.options.parks {
            Some(asked) => rings_left.div_ceil(parks_left(asked, parks)).clamp(2, longest),
            None if left == 0 || self.stream.chance(0.05) => 2 + self.stream.below(longest - 1),
            None => return None,
        };
        let one_is_left = rings_left - length == 1;
        Some(match (one_is_left, length < LONGEST_RING) {
            (true, true) => length + 1,
            (true, false) => length - 1,
            (false, _) => length,
        })
    }

    /// A ring: each takes what the one before gives and the first is also fed from outside the ring.
    fn ring(&mut self, place: PlaceId, length: usize) {
        for at in 0..length {
            let material = self.ring[at];
            self.market(material, place);
            let (next, goods) = (self.ring[(at + 1) % length], self.goods[0]);
            let yielded = self.stream.between(0.3, 0.95);
            let rows = [
                (Role::Feed, material, 1.0),
                (Role::Byproduct, next, yielded),
                (Role::Product, goods, (1.0 - yielded) * 0.5),
            ];
            let process = self.process(place, Driver::Feed, &rows);
            process.priority = 2;
            process.capacity = Some(Quantity::exact(1000.0));
        }
        // What drives the ring is final supply: old stock that is reclaimed year by year.
        let at = self.model.market_rules.len() - length;
        let (stock, share) = (self.stream.between(500.0, 5000.0), self.stream.between(0.05, 0.2));
        let rule = &mut self.model.market_rules[at];
        rule.opening_stock = Some(Quantity::exact(stock));
        rule.reclaim_share = Some(Quantity::exact(share));
    }
}

/// Parks that are still to be made, the one that is being made included; at least that one.
fn parks_left(asked: usize, made: usize) -> usize {
    (asked + 1).saturating_sub(made).max(1)
}
