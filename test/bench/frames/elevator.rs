#[path = "support/ports.rs"]
mod ports;
use ports::*;

const FLOORS: usize = 6;

struct Panel {
    up: [bool; FLOORS],
    down: [bool; FLOORS],
    inside: [bool; FLOORS],
}

async fn poll_panel(port: u32, p: &mut Panel) {
    let event = get(port).await;
    let floor = event as usize % FLOORS;
    if event & 0x40 != 0 {
        p.up[floor] = true;
    } else if event & 0x20 != 0 {
        p.down[floor] = true;
    } else {
        p.inside[floor] = true;
    }
}

async fn doors(motor: u32, clock: u32, open: bool) -> bool {
    let mut blocked = false;
    let mut moving = true;
    let mut tries = 0u8;
    put(motor, if open { b'O' } else { b'C' }).await;
    while moving {
        let sensor = get(motor).await;
        if !open && sensor < 20 {
            blocked = true;
            put(motor, b'O').await;
            for _ in 0..4 {
                ready(clock).await;
            }
            tries += 1;
            if tries > 3 {
                return false;
            }
            put(motor, b'C').await;
        }
        moving = sensor & 3 != 0;
    }
    if blocked {
        note(b'b' as u32);
    }
    true
}

async fn travel(motor: u32, clock: u32, floor: &mut i8, up: bool) -> bool {
    let mut slow = false;
    let mut alarm = false;
    let mut position = 0u8;
    put(motor, if up { b'U' } else { b'D' }).await;
    while position < 40 && !alarm {
        let pulse = get(motor).await;
        position += if slow { pulse & 1 } else { pulse & 7 };
        slow = position > 30;
        alarm = pulse == 255;
        if slow {
            ready(clock).await;
        }
    }
    put(motor, b'S').await;
    if alarm {
        return false;
    }
    *floor += if up { 1 } else { -1 };
    true
}

fn wanted(p: &Panel, from: i32, to: i32) -> bool {
    (from.max(0)..=to.min(FLOORS as i32 - 1))
        .map(|i| i as usize)
        .any(|i| p.up[i] || p.down[i] || p.inside[i])
}

async fn operate(buttons: u32, motor: u32, clock: u32, turns: u32) -> u32 {
    const TOP: i32 = FLOORS as i32;
    let mut p = Panel { up: [false; FLOORS], down: [false; FLOORS], inside: [false; FLOORS] };
    let mut floor = 0i8;
    let (mut up, mut fault, mut idle) = (true, false, false);
    let mut served = 0u16;
    for _ in 0..turns {
        if fault {
            break;
        }
        poll_panel(buttons, &mut p).await;
        idle = !wanted(&p, 0, TOP - 1);
        if idle {
            continue;
        }
        let at = floor as usize;
        if p.inside[at] || if up { p.up[at] } else { p.down[at] } {
            p.inside[at] = false;
            p.up[at] = false;
            p.down[at] = false;
            fault = !doors(motor, clock, true).await || !doors(motor, clock, false).await;
            served += 1;
            continue;
        }
        let ahead = |up: bool| {
            let f = floor as i32;
            if up { wanted(&p, f + 1, TOP) } else { wanted(&p, 0, f - 1) }
        };
        if !ahead(up) {
            up = !up;
        }
        if ahead(up) {
            fault = !travel(motor, clock, &mut floor, up).await;
        }
    }
    served as u32 * 100 + floor as u32 * 8 + up as u32 * 4 + fault as u32 * 2 + idle as u32
}

fn main() {
    run(operate(0, 1, 2, 40));
}
