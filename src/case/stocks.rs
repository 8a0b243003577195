//! Stocks with their series: kind `stock`.

use crate::lifetime::{Ageing, Driver, NegativeInflow, Opening};

/// Stocks over the periods of a case, each of a region and a product.
#[derive(Clone, Debug, Default)]
pub struct StockSystem {
    /// The stocks.
    pub stocks: Vec<Stock>,
    /// When each period is: the periods as numbers where they rise, else their positions.
    pub times: Vec<f64>,
}

/// A stock.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock {
    /// Its region; may be empty.
    pub region: String,
    /// Its product; may be empty.
    pub product: String,
    /// Which quantity is given.
    pub driver: Driver,
    /// How it ages.
    pub ageing: Ageing,
    /// What happens where it falls too fast.
    pub negative: NegativeInflow,
    /// The given quantity in every period.
    pub series: Vec<f64>,
    /// What stands there before the first period.
    pub opening: Vec<Opening>,
    /// Line of `stocks.csv` that says how it ages.
    pub line: u32,
}
