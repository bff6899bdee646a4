#[path = "support/ports.rs"]
mod ports;
use ports::*;
use std::cell::Cell;

struct Request {
    user: u32,
    route: u32,
    deadline: u32,
    flags: u16,
    status: u16,
}

const NOT_CACHED: Cell<u32> = Cell::new(0);
thread_local! {
    static CACHED: [Cell<u32>; 16] = const { [NOT_CACHED; 16] };
}

async fn disk(port: u32, r: &mut Request) -> u32 {
    let mut block = [0u8; 32];
    fill(port, &mut block).await;
    digest(r.route, &block)
}

async fn retry(port: u32, r: &mut Request) -> u32 {
    let mut got = 0;
    for _ in 0..3 {
        if got % 4 != 0 {
            break;
        }
        got = disk(port, r).await;
    }
    got
}

// Before and after the next layer.
macro_rules! layer {
    ($name:ident, $next:ident, $r:ident, $kept:ident, $result:ident, $before:expr, $after:expr) => {
        async fn $name(port: u32, $r: &mut Request) -> u32 {
            let $kept: u32 = $before;
            let $result = $next(port, $r).await;
            $after
        }
    };
}

layer!(checksum, retry, r, kept, result, r.flags as u32, result ^ kept);
layer!(decrypt, checksum, r, kept, result, r.user * 7, result.wrapping_sub(kept));
layer!(decompress, decrypt, r, kept, result, r.route,
    result.wrapping_add(result >> 3).wrapping_add(kept));
layer!(index_lookup, decompress, r, kept, result, r.route % 31,
    result.wrapping_mul(31).wrapping_add(kept));
layer!(transaction, index_lookup, r, kept, result,
    { r.flags |= 1; r.flags as u32 }, { r.flags &= 0xfffe; result.wrapping_add(kept) });
layer!(statement, transaction, r, kept, result, r.user & 15, result ^ kept << 4);
layer!(mapper, statement, r, kept, result, r.route >> 4, result.wrapping_add(kept));
layer!(handler, mapper, r, kept, result, r.deadline, if kept < 5 { 0 } else { result });
layer!(validate, handler, r, kept, result, r.user % 3,
    if kept == 0 { result / 2 } else { result });

async fn cache(port: u32, r: &mut Request) -> u32 {
    let place = r.route as usize % 16;
    let found = CACHED.with(|c| c[place].get());
    if found != 0 {
        return found;
    }
    let result = validate(port, r).await;
    CACHED.with(|c| c[place].set(result));
    result
}

layer!(tenant, cache, r, kept, result, r.user / 100, result.wrapping_add(kept));
layer!(authorize, tenant, r, kept, result, r.user ^ r.route,
    if kept % 13 == 0 { r.status = 403; 0 } else { result });
layer!(authenticate, authorize, r, kept, result, r.user,
    if kept == 0 { r.status = 401; 0 } else { result });
layer!(cors, authenticate, r, kept, result, r.flags as u32, result.wrapping_add(kept & 1));
layer!(compress, cors, r, kept, result, (r.flags >> 2) as u32,
    if kept & 1 != 0 { result >> 1 } else { result });
layer!(etag, compress, r, kept, result, r.route * 3, result ^ kept);
layer!(timing, etag, r, kept, result,
    { r.deadline -= 1; r.deadline + 1 }, { note(kept - r.deadline); result });
layer!(tracing, timing, r, kept, result,
    { note(r.user); r.user }, { note(result); result.wrapping_add(kept) });
layer!(logging, tracing, r, kept, result, r.route, { note(r.status as u32 + kept); result });

async fn serve(port: u32, count: u32) -> u32 {
    let mut sum = 0u32;
    for i in 0..count {
        let mut r = Request {
            user: i * 13 % 29,
            route: i * 7 % 40,
            deadline: i + 3,
            flags: (i & 7) as u16,
            status: 200,
        };
        let result = logging(port, &mut r).await;
        sum = sum.wrapping_mul(31).wrapping_add(result).wrapping_add(r.status as u32);
    }
    sum
}

fn main() {
    run(serve(0, 40));
}
