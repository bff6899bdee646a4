#[path = "support/ports.rs"]
mod ports;
use ports::*;

#[derive(Clone, Copy)]
struct Calibration {
    t1: u16,
    t2: i16,
    t3: i16,
    p1: u16,
    p2: i16,
    p3: i16,
    p4: i16,
    p5: i16,
}

#[derive(Clone, Copy)]
struct Sample {
    temperature: i32,
    pressure: u32,
}

async fn write_register(bus: u32, reg: u8, value: u8) {
    drain(bus, &[0x76 << 1, reg, value]).await;
}

async fn read_registers(bus: u32, reg: u8, to: &mut [u8]) {
    drain(bus, &[0x76 << 1, reg]).await;
    put(bus, 0x76 << 1 | 1).await;
    fill(bus, to).await;
}

async fn calibrate(bus: u32) -> Calibration {
    loop {
        let mut id = [0u8; 1];
        read_registers(bus, 0xd0, &mut id).await;
        if id[0] >= 100 {
            break;
        }
    }
    write_register(bus, 0xe0, 0xb6).await;
    let mut c = [0u8; 16];
    read_registers(bus, 0x88, &mut c).await;
    let u = |i: usize| u16::from_le_bytes([c[2 * i], c[2 * i + 1]]);
    let s = |i: usize| u(i) as i16;
    Calibration { t1: u(0), t2: s(1), t3: s(2), p1: u(3), p2: s(4), p3: s(5), p4: s(6), p5: s(7) }
}

async fn measure(bus: u32, c: Calibration) -> Option<Sample> {
    let mut tries = 0;
    write_register(bus, 0xf4, 0x25).await;
    loop {
        tries += 1;
        if tries > 6 {
            return None;
        }
        let mut status = [0u8; 1];
        read_registers(bus, 0xf3, &mut status).await;
        if status[0] & 8 == 0 {
            break;
        }
    }
    let mut bytes = [0u8; 6];
    read_registers(bus, 0xf7, &mut bytes).await;
    let raw = bytes.map(|b| b as i32);
    let p = raw[0] << 12 | raw[1] << 4 | raw[2] >> 4;
    let t = raw[3] << 12 | raw[4] << 4 | raw[5] >> 4;
    let fine = (t / 8 - c.t1 as i32 * 2) / 16 * (c.t2 as i32 & 255) + c.t3 as i32;
    let extra = (c.p3 ^ c.p4 ^ c.p5) as i32 as u32;
    Some(Sample {
        temperature: fine / 256,
        pressure: (p as u32 * 3 + c.p1 as u32)
            .wrapping_add((fine / 4 * (c.p2 as i32 & 127)) as u32)
            .wrapping_add(extra),
    })
}

async fn monitor(bus: u32, clock: u32, samples: u32) -> u32 {
    let c = calibrate(bus).await;
    let mut last = Sample { temperature: 0, pressure: 0 };
    let mut sum = 0u32;
    let mut lost = 0;
    let mut alarm = false;
    for _ in 0..samples {
        for _ in 0..3 {
            ready(clock).await;
        }
        let now = match measure(bus, c).await {
            Some(now) => now,
            None => {
                lost += 1;
                continue;
            }
        };
        if now.temperature > last.temperature + 20 && !alarm {
            alarm = true;
            write_register(bus, 0xf5, 1).await;
        }
        sum = sum.wrapping_mul(31).wrapping_add(now.pressure);
        last = now;
    }
    sum.wrapping_add(lost + alarm as u32)
}

fn main() {
    run(monitor(3, 4, 8));
}
