//! Published cases: read, solved and held against what somebody else found.

mod faults;
mod flows;
mod judged;
mod mix;
mod reconciled;
mod shipped;
mod stocks;

use std::path::Path;

/// Files of a case.
pub(crate) type Files = Vec<(&'static str, String)>;

/// Two processes in a loop, one accumulating stock, over two periods.
pub(crate) fn loop_case() -> Files {
    [
        ("case.toml", "title = \"A loop\"\nkind = \"flows\"\nsource = \"by hand\"\n"),
        ("nodes.csv", "node,kind\nout,environment\nmill,process\nsort,process\nheap,stock\n"),
        (
            "flows.csv",
            "flow,from,to,value,period,lower,upper\nore,out,mill,6,1,,\nore,out,mill,12,2,,\nmade,mill,sort,,,,\n\
             back,sort,mill,,,,\nwaste,sort,heap,,,0,\ndust,heap,out,,,,\n",
        ),
        (
            "coefficients.csv",
            "node,flow,layer,value,of,id\nsort,back,,0.25,,returned\nsort,waste,,rest,,\nsort,back,Fe,0.5,made,\n",
        ),
        ("layers.csv", "flow,layer,value,as,id\nore,Fe,0.1,share,grade\n"),
        ("relations.csv", "relation,flow,factor,constant\n"),
        ("release.csv", "node,flow,age,value\nheap,dust,0,0.1\nheap,dust,1,0.2\n"),
        ("outputs.csv", "output,expression\ndouble,2*made + ore:Fe\n"),
        ("variants.csv", "variant,table,key,column,value\nmore,flows,flow=ore;period=2,value,24\n"),
        ("expected.csv", "variant,period,quantity,what,value\n,1,made,value,8\nmore,2,made,value,32\n"),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .into()
}

/// Two indicators over three terms, of which one is missing.
pub(crate) fn indicator_case() -> Files {
    [
        ("case.toml", "title = \"Rates\"\nkind = \"indicator\"\nsource = \"by hand\"\n"),
        ("terms.csv", "term,value,unit\nused,60,t\nmade,80±5,t\nstored,,t\n"),
        ("formulas.csv", "indicator,formula\nrate,used/made\nwhole,used + stored\n"),
        ("expected.csv", "variant,period,quantity,what,value\n,,rate,value,0.75\n,,whole,value,\n"),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .into()
}

/// The files with one text, which stands once, replaced by another.
pub(crate) fn patched(mut files: Files, name: &str, from: &str, to: &str) -> Files {
    let (_, text) = files.iter_mut().find(|(known, _)| *known == name).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {name}");
    *text = text.replace(from, to);
    files
}

/// Writes a case into a folder.
pub(crate) fn write(folder: &Path, files: &Files) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}
