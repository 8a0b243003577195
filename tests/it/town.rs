//! A small town built in code: models for hand-computed tests, without tables.
//!
//! Everything is in base units; closing and references are the test's own business.
#![allow(dead_code, reason = "each subject uses its part")]

use circflow::id::{FundId, MaterialId, PlaceId, ProcessId, Table};
use circflow::model::{
    Amount, Basis, Decision, Driver, FinalDemand, MarketRule, Material, MaterialKind, Model, Place,
    PlaceKind, Places, Process, Project, Provenance, RecipeRow, Role, Scenario, Series, Settings, TableKind,
    Treatment,
};
use circflow::quantity::Quantity;
use circflow::units::Dimension;

/// A model under construction.
pub(crate) struct Town {
    pub(crate) model: Model,
}

impl Town {
    /// A city without anything, base year 2015, horizon 2020, one scenario that builds all projects.
    pub(crate) fn new() -> Self {
        let settings = Settings {
            id: "town".into(),
            name: "小镇".into(),
            name_en: "Town".into(),
            base_year: 2015,
            horizon: 2020,
            illustrative: true,
            indicator_sets: vec!["ce-2017".into()],
            seed: 1,
            draws: 0,
            actual_until: None,
        };
        let mut scenarios = Table::new();
        let scenario = scenarios.push(Scenario {
            key: "base".into(),
            name: "基准".into(),
            name_en: "Base".into(),
            why: "测试".into(),
            why_en: "test".into(),
            base: true,
            matching: false,
            decisions: Vec::new(),
            provenance: Provenance::made(TableKind::Scenarios),
        });
        let mut town = Self {
            model: Model {
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
                measurements: Vec::new(),
                contents: Vec::new(),
                alternatives: Vec::new(),
                parameters: Table::new(),
                sources: Table::new(),
            },
        };
        town.place("city", PlaceKind::City, None);
        town
    }

    /// The root.
    pub(crate) fn city(&self) -> PlaceId {
        Places::ROOT
    }

    pub(crate) fn place(&mut self, key: &str, kind: PlaceKind, parent: Option<PlaceId>) -> PlaceId {
        self.model.places.0.push(Place {
            key: key.into(),
            name: key.into(),
            name_en: key.into(),
            kind,
            parent,
            frame_only: false,
            provenance: Provenance::made(TableKind::Places),
        })
    }

    pub(crate) fn county(&mut self, key: &str) -> PlaceId {
        self.place(key, PlaceKind::County, Some(Places::ROOT))
    }

    pub(crate) fn park(&mut self, key: &str, county: PlaceId) -> PlaceId {
        self.place(key, PlaceKind::Park, Some(county))
    }

    /// A material in tonnes.
    pub(crate) fn material(&mut self, key: &str, kind: MaterialKind, classes: &[&str]) -> MaterialId {
        self.material_in(key, kind, classes, Dimension::Mass)
    }

    pub(crate) fn material_in(
        &mut self,
        key: &str,
        kind: MaterialKind,
        classes: &[&str],
        dimension: Dimension,
    ) -> MaterialId {
        let mut classes: Vec<String> = classes.iter().map(|c| (*c).to_owned()).collect();
        classes.sort();
        self.model.materials.push(Material {
            key: key.into(),
            name: key.into(),
            name_en: key.into(),
            kind,
            classes,
            dimension,
            basis: Basis::Wet,
            moisture: None,
            mass_per_unit: (dimension == Dimension::Mass).then_some(1.0),
            tce_per_unit: None,
            co2_per_unit: None,
            provenance: Provenance::made(TableKind::Materials),
        })
    }

    pub(crate) fn waste(&mut self, key: &str) -> MaterialId {
        self.material(key, MaterialKind::Waste, &["general_industrial_solid_waste"])
    }

    pub(crate) fn product(&mut self, key: &str) -> MaterialId {
        self.material(key, MaterialKind::Product, &[])
    }

    pub(crate) fn resource(&mut self, key: &str) -> MaterialId {
        self.material(key, MaterialKind::Resource, &[])
    }

    /// Something taken from nature when short (air, water, rock).
    pub(crate) fn nature(&mut self, key: &str) -> MaterialId {
        self.material(key, MaterialKind::Resource, &["from_nature"])
    }

    pub(crate) fn emission(&mut self, key: &str) -> MaterialId {
        self.material(key, MaterialKind::Emission, &[])
    }

    /// Starts a process at a place; finish with one of the drivers.
    pub(crate) fn process(&mut self, key: &str, place: PlaceId) -> ProcessBuilder<'_> {
        let process = Process {
            key: key.into(),
            name: key.into(),
            name_en: key.into(),
            enterprise: None,
            place,
            technology: None,
            rows: Vec::new(),
            open: false,
            driver: Driver::Level,
            reference: 0,
            called: None,
            capacity: None,
            activity: Series::default(),
            treatment: Treatment::None,
            priority: Treatment::None.priority(),
            share: None,
            from: None,
            until: None,
            provenance: Provenance::made(TableKind::Processes),
        };
        ProcessBuilder { town: self, process, priority: None }
    }

    pub(crate) fn demand(&mut self, material: MaterialId, place: PlaceId, quantity: f64) {
        let series = Series::constant(2015, quantity, Provenance::made(TableKind::Demand));
        self.model.demands.push(FinalDemand { material, place, series });
    }

    /// Declares a market with all defaults; change the returned rule as needed.
    pub(crate) fn market(&mut self, material: MaterialId, place: PlaceId) -> &mut MarketRule {
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

    /// Adds a project and builds it in the scenario.
    pub(crate) fn project(&mut self, project: Project) -> circflow::id::ProjectId {
        let scenario = self.model.scenario;
        self.model.scenarios[scenario].decisions.push(Decision::Build { delay: 0 });
        self.model.projects.push(project)
    }

    pub(crate) fn fund(&mut self, fund: circflow::model::Fund) -> FundId {
        self.model.funds.push(fund)
    }
}

/// A process under construction.
pub(crate) struct ProcessBuilder<'a> {
    town: &'a mut Town,
    process: Process,
    priority: Option<i32>,
}

impl ProcessBuilder<'_> {
    fn row(mut self, role: Role, material: MaterialId, amount: Amount) -> Self {
        let provenance = Provenance::made(TableKind::Recipes);
        self.process.rows.push(RecipeRow { role, material, amount, basis: Basis::Wet, provenance });
        self
    }

    pub(crate) fn feed(self, material: MaterialId, amount: f64) -> Self {
        self.row(Role::Feed, material, Amount::Given(Quantity::exact(amount)))
    }

    pub(crate) fn input(self, material: MaterialId, amount: f64) -> Self {
        self.row(Role::Input, material, Amount::Given(Quantity::exact(amount)))
    }

    pub(crate) fn product(self, material: MaterialId, amount: f64) -> Self {
        self.row(Role::Product, material, Amount::Given(Quantity::exact(amount)))
    }

    pub(crate) fn byproduct(self, material: MaterialId, amount: f64) -> Self {
        self.row(Role::Byproduct, material, Amount::Given(Quantity::exact(amount)))
    }

    pub(crate) fn recirculated(self, material: MaterialId, amount: f64) -> Self {
        self.row(Role::Recirculated, material, Amount::Given(Quantity::exact(amount)))
    }

    pub(crate) fn rest(self, role: Role, material: MaterialId) -> Self {
        self.row(role, material, Amount::Rest)
    }

    pub(crate) fn open(mut self) -> Self {
        self.process.open = true;
        self
    }

    pub(crate) fn treatment(mut self, treatment: Treatment) -> Self {
        self.process.treatment = treatment;
        self
    }

    pub(crate) fn priority(mut self, priority: i32) -> Self {
        self.priority = Some(priority);
        self
    }

    pub(crate) fn share(mut self, share: f64) -> Self {
        self.process.share = Some(Quantity::exact(share));
        self
    }

    pub(crate) fn capacity(mut self, capacity: f64) -> Self {
        self.process.capacity = Some(Quantity::exact(capacity));
        self
    }

    /// `level`: runs at this activity, in units of row 0.
    pub(crate) fn level(mut self, activity: f64) -> ProcessId {
        self.process.activity = Series::constant(2015, activity, Provenance::made(TableKind::Activity));
        self.finish(Driver::Level, 0, None)
    }

    /// `feed`: takes row 0.
    pub(crate) fn takes(self) -> ProcessId {
        self.finish(Driver::Feed, 0, None)
    }

    /// `demand`: makes the first product on call.
    pub(crate) fn on_call(self) -> ProcessId {
        let product = self.first_product();
        self.finish(Driver::Demand, product, Some(product))
    }

    /// `both`: takes row 0, makes the first product on call.
    pub(crate) fn both(self) -> ProcessId {
        let product = self.first_product();
        self.finish(Driver::Both, 0, Some(product))
    }

    fn first_product(&self) -> usize {
        self.process.rows.iter().position(|r| r.role == Role::Product).expect("a product row")
    }

    fn finish(mut self, driver: Driver, reference: usize, called: Option<usize>) -> ProcessId {
        self.process.driver = driver;
        self.process.reference = reference;
        self.process.called = called;
        self.process.priority = self.priority.unwrap_or_else(|| self.process.treatment.priority());
        self.town.model.processes.push(self.process)
    }
}
