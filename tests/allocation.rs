//! `evaluate` allocates nothing: counted by the allocator of this test binary, which holds this check alone and runs
//! without the test harness, whose own thread allocates whenever it likes.
#![allow(missing_docs, unsafe_code)]

use circflow::network::generate::{GenerateOptions, generate};
use circflow::plan::{ParameterBlock, compile, parameters};
use circflow::simulate::{ResultBlock, Status, Workspace, evaluate};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed to the system's allocator unchanged; only a counter is added.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::SeqCst);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    // Rings that Newton finishes, loops of other shapes, rivalry and stocks: 400 processes, 4 columns.
    let options =
        GenerateOptions { processes: 400, loop_share: 0.1, coupling: 0.1, ..GenerateOptions::bench(0, 3) };
    let model = generate(&options);
    let plan = compile(&model).expect("compiles");
    assert!(!plan.loops.is_empty());
    let mut block = ParameterBlock::new(&plan, 4);
    for column in 0..4 {
        parameters(&plan, &model, 2015, &[], None, &mut block, column).expect("closes");
    }
    let (mut result, mut workspace) = (ResultBlock::new(&plan, 4), Workspace::new(&plan, 4));
    evaluate(&plan, &block, &mut result, &mut workspace);
    assert_eq!(result.status, [Status::Solved; 4]);
    let sweeps = result.sweeps[0];
    let before = ALLOCATIONS.load(Ordering::SeqCst);
    evaluate(&plan, &block, &mut result, &mut workspace);
    assert_eq!(ALLOCATIONS.load(Ordering::SeqCst), before, "allocations in the second call");
    assert_eq!(result.sweeps[0], sweeps);
    assert!(sweeps > 0);
}
