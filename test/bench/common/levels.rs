// The same chain as levels.h: each level calls the one below and adds 1.
macro_rules! each_level {
    ($below:ident) => {};
    ($below:ident $this:ident $($rest:ident)*) => {
        async fn $this(n: u64) -> u64 {
            level!($below(n)).await.wrapping_add(1)
        }
        each_level!($this $($rest)*);
    };
}
macro_rules! levels {
    () => { each_level!(
        l1 l2 l3 l4 l5 l6 l7 l8 l9 l10 l11 l12 l13 l14 l15 l16 l17 l18 l19 l20 l21 l22 l23
        l24 l25 l26 l27 l28 l29 l30 l31 l32 l33 l34 l35 l36 l37 l38 l39 l40 l41 l42 l43
        l44 l45 l46 l47 l48 l49 l50 l51 l52 l53 l54 l55 l56 l57 l58 l59 l60 l61 l62 l63
        l64 l65
    ); };
}
#[cfg(not(EMBEDDED))]
macro_rules! level {
    ($call:expr) => { $call };
}
#[cfg(EMBEDDED)]
macro_rules! level {
    ($call:expr) => { Apart($call) };
}
#[cfg(DEPTH = "1")]
use l1 as top;
#[cfg(DEPTH = "2")]
use l2 as top;
#[cfg(DEPTH = "4")]
use l4 as top;
#[cfg(DEPTH = "5")]
use l5 as top;
#[cfg(DEPTH = "16")]
use l16 as top;
#[cfg(DEPTH = "17")]
use l17 as top;
#[cfg(DEPTH = "65")]
use l65 as top;
