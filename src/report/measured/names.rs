//! What quantities and balances are called.

use super::Reconciled;
use crate::diagnostic::{Code, Diagnostic, Language};
use crate::id::{MarketId, MaterialId, PlaceId, ProcessId};
use crate::input::attributes::words;
use crate::measured::{Balance, Exchange, Subject, Unreconciled};
use crate::model::{Measurement, Model, Observed, Reporter};
use crate::plan::Plan;
use crate::report::named;

/// How a quantity is called.
#[derive(Clone, Debug)]
pub struct Named {
    /// In words.
    pub name: String,
    /// Whose it is.
    pub reporter: String,
    /// Kind.
    pub kind: &'static str,
    /// Ids.
    pub id: String,
    /// Unit.
    pub unit: String,
}

/// The name of a substance.
pub(super) fn substance(word: &'static str, language: Language) -> &'static str {
    let known = words::SUBSTANCE.iter().find(|known| known.word == word);
    language.pick(known.map_or(word, |known| known.zh), word)
}

/// The names of things of a model in a language.
struct Names<'a> {
    model: &'a Model,
    plan: &'a Plan,
    language: Language,
}

impl Names<'_> {
    /// Between whose it is and what it is.
    fn colon(&self) -> &'static str {
        self.language.pick("：", ": ")
    }

    fn process(&self, id: ProcessId) -> &str {
        let process = &self.model.processes[id];
        named(self.language, &process.name, &process.name_en)
    }

    fn material(&self, id: MaterialId) -> &str {
        let material = &self.model.materials[id];
        named(self.language, &material.name, &material.name_en)
    }

    fn place(&self, id: PlaceId) -> &str {
        let place = &self.model.places[id];
        named(self.language, &place.name, &place.name_en)
    }

    fn row(&self, id: ProcessId, row: usize) -> &str {
        self.material(self.model.processes[id].rows[row].material)
    }

    fn market(&self, id: MarketId) -> String {
        let market = &self.plan.network.markets[id];
        let (material, place) = (self.material(market.material), self.place(market.place));
        match self.language {
            Language::Zh => format!("{place}{material}市场"),
            Language::En => format!("market of {material}, {place}"),
        }
    }

    fn exchange(&self, exchange: Exchange) -> &'static str {
        let (zh, en) = match exchange {
            Exchange::PassedUp => ("送往上级", "passed up"),
            Exchange::Asked => ("上级补给", "from above"),
            Exchange::Demand => ("最终需求", "final demand"),
            Exchange::Import => ("调入", "import"),
            Exchange::Extraction => ("采取", "extraction"),
            Exchange::Unmet => ("缺口", "unmet"),
            Exchange::Export => ("调出", "export"),
            Exchange::Stored => ("贮存", "stored"),
            Exchange::Disposed => ("处置", "disposed"),
            Exchange::Discharged => ("外排", "discharged"),
            Exchange::Reclaimed => ("取用往年贮存", "prior-year stock used"),
        };
        self.language.pick(zh, en)
    }

    fn reporter(&self, reporter: Reporter) -> String {
        match reporter {
            Reporter::Process(process) => {
                let of = self.model.processes[process].enterprise;
                let enterprise = of.map(|enterprise| &self.model.enterprises[enterprise]);
                enterprise.map_or_else(
                    || self.process(process).to_owned(),
                    |enterprise| named(self.language, &enterprise.name, &enterprise.name_en).to_owned(),
                )
            }
            Reporter::Enterprise(enterprise) => {
                let enterprise = &self.model.enterprises[enterprise];
                named(self.language, &enterprise.name, &enterprise.name_en).to_owned()
            }
            Reporter::Place(place) => self.place(place).to_owned(),
        }
    }

    fn whose(&self, reporter: Reporter) -> String {
        match reporter {
            Reporter::Process(process) => self.process(process).to_owned(),
            other => self.reporter(other),
        }
    }

    fn measurement(&self, measurement: &Measurement) -> String {
        let whose = self.whose(measurement.reporter);
        let word = observed(measurement.observed, self.language);
        match measurement.observed {
            Observed::Activity => format!("{whose}{}{word}", self.colon()),
            _ => format!("{whose}{}{} {word}", self.colon(), self.material(measurement.material)),
        }
    }

    fn balance(&self, balance: &Balance) -> String {
        let pick = |zh: String, en: String| if self.language == Language::Zh { zh } else { en };
        match *balance {
            Balance::Market(market) => self.market(market),
            Balance::Mass(process) => {
                let name = self.process(process);
                pick(format!("{name}的质量"), format!("mass of {name}"))
            }
            Balance::Row(process, row) => {
                let (name, row) = (self.process(process), self.row(process, row));
                pick(format!("{name}的{row}单耗"), format!("{row} per unit of {name}"))
            }
            Balance::Layer(process, word) => {
                let (name, substance) = (self.process(process), substance(word, self.language));
                pick(format!("{name}的{substance}"), format!("{substance} of {name}"))
            }
            Balance::Measurement(row) => self.measurement(&self.model.measurements[row]),
            Balance::GivenActivity(process) => self.process(process).to_owned(),
            Balance::GivenDemand(market) => self.market(market),
        }
    }
}

fn observed(observed: Observed, language: Language) -> &'static str {
    let word = match observed {
        Observed::Activity => "activity",
        Observed::Input => "input",
        Observed::Output => "output",
        Observed::Coefficient(_) => "coefficient",
        Observed::Demand => "demand",
        Observed::Import => "import",
        Observed::Extraction => "extraction",
        Observed::Export => "export",
        Observed::Stored => "stored",
        Observed::Disposed => "disposed",
        Observed::Discharged => "discharged",
        Observed::Reclaimed => "reclaimed",
        Observed::ClosingStock => "closing_stock",
    };
    let known = words::OBSERVED.iter().find(|known| known.word == word);
    match language {
        Language::Zh => known.map_or(word, |known| known.zh),
        Language::En if observed == Observed::ClosingStock => "closing stock",
        Language::En => word,
    }
}

/// What a quantity of a reconciled year is called.
#[must_use]
pub fn name_of(shown: &Reconciled<'_>, variable: usize) -> Named {
    let names = Names { model: shown.model, plan: shown.plan, language: shown.language };
    let (model, language) = (shown.model, shown.language);
    let key = |process: ProcessId| model.processes[process].key.as_str();
    let row_key = |process: ProcessId, row: usize| {
        model.materials[model.processes[process].rows[row].material].key.as_str()
    };
    let unit_of = |material: MaterialId| model.materials[material].dimension.symbol();
    let yearly = |material: MaterialId| format!("{}/a", unit_of(material));
    let reference = |process: ProcessId| {
        let process = &model.processes[process];
        process.rows[process.reference].material
    };
    let word = |zh: &'static str, en: &'static str| language.pick(zh, en);
    let of_process = |process: ProcessId, kind, rest: &str, id: String, unit: String| Named {
        name: format!("{}{}{rest}", names.process(process), names.colon()),
        reporter: names.reporter(Reporter::Process(process)),
        kind,
        id,
        unit,
    };
    match shown.year.system.subjects[variable] {
        Subject::Activity(process) => {
            let unit = yearly(reference(process));
            of_process(process, "activity", word("运行量", "activity"), key(process).to_owned(), unit)
        }
        Subject::GivenActivity(process) => {
            let (unit, words) =
                (yearly(reference(process)), word("运行量（表内）", "activity of the tables"));
            of_process(process, "measurement", words, format!("activity {}", key(process)), unit)
        }
        Subject::Coefficient(process, row) => {
            let unit = format!(
                "{}/{}",
                unit_of(model.processes[process].rows[row].material),
                unit_of(reference(process))
            );
            let rest = format!("{}{}", names.row(process, row), word("单耗", " per unit"));
            of_process(
                process,
                "coefficient",
                &rest,
                format!("{} {}", key(process), row_key(process, row)),
                unit,
            )
        }
        Subject::Amount(process, row) => {
            let unit = yearly(model.processes[process].rows[row].material);
            let id = format!("{} {}", key(process), row_key(process, row));
            of_process(process, "row", names.row(process, row), id, unit)
        }
        Subject::Layer(process, row, layer) => {
            let rest = format!("{} {}", names.row(process, row), substance(layer, language));
            let id = format!("{} {}:{layer}", key(process), row_key(process, row));
            of_process(process, "layer", &rest, id, "t/a".to_owned())
        }
        Subject::Market(market, exchange) => {
            let record = &shown.plan.network.markets[market];
            market_named(&names, market, names.exchange(exchange), "market", yearly(record.material))
        }
        Subject::GivenDemand(market) => {
            let record = &shown.plan.network.markets[market];
            let words = word("最终需求（表内）", "final demand of the tables");
            market_named(&names, market, words, "measurement", yearly(record.material))
        }
        Subject::Content(content, process, row) => {
            let layer = model.contents[content].substance;
            let rest = format!("{} {}", names.row(process, row), substance(layer, language));
            let id = format!("{} {}:{layer}", key(process), row_key(process, row));
            of_process(process, "content", &rest, id, "t/t".to_owned())
        }
        Subject::Measurement(row) => {
            let measurement = &model.measurements[row];
            let unit = match measurement.observed {
                Observed::Coefficient(_) => unit_of(measurement.material).to_owned(),
                Observed::ClosingStock => unit_of(measurement.material).to_owned(),
                _ => yearly(measurement.material),
            };
            Named {
                name: names.measurement(measurement),
                reporter: names.reporter(measurement.reporter),
                kind: "measurement",
                id: format!("measurements {}", measurement.provenance.row),
                unit,
            }
        }
    }
}

fn market_named(names: &Names<'_>, market: MarketId, what: &str, kind: &'static str, unit: String) -> Named {
    let record = &names.plan.network.markets[market];
    let (material, place) = (&names.model.materials[record.material], &names.model.places[record.place]);
    Named {
        name: format!("{}{}{what}", names.market(market), names.colon()),
        reporter: names.place(record.place).to_owned(),
        kind,
        id: format!("{}@{} {what}", material.key, place.key),
        unit,
    }
}

/// The finding that says why a year was not reconciled: E320 to E322.
#[must_use]
pub fn unreconciled(plan: &Plan, model: &Model, year: i32, why: &Unreconciled) -> Diagnostic {
    let (code, system, equations) = match why {
        Unreconciled::NoMeasurement => return Diagnostic::new(Code("E320")).with("year", year.to_string()),
        Unreconciled::Contradictory(system, contradiction) => ("E321", system, &*contradiction.equations),
        Unreconciled::Unsolved(system, equation) => ("E322", system, equation.as_slice()),
    };
    let [zh, en] = [Language::Zh, Language::En].map(|language| {
        let names = Names { model, plan, language };
        let known = equations.iter().filter_map(|&equation| system.balances.get(equation));
        let listed: Vec<String> = known.map(|balance| names.balance(balance)).collect();
        listed.join(language.pick("；", "; "))
    });
    let finding = Diagnostic::new(Code(code)).with("year", year.to_string());
    finding.with("balances_zh", zh).with("balances", en)
}
