#[path = "support/ports.rs"]
mod ports;
use ports::*;

async fn read_line(port: u32, line: &mut [u8]) -> usize {
    let mut length = 0;
    while length < line.len() {
        let c = get(port).await;
        if c == b'\n' || c == 0 {
            break;
        }
        line[length] = c;
        length += 1;
    }
    length
}

async fn serve(input: u32, output: u32) -> u32 {
    let mut line = [0u8; 80];
    let mut lines = 0;
    port_script(input, "hello there\nhow are you?\nfine, thanks\n", 90);
    loop {
        let length = read_line(input, &mut line).await;
        if length == 0 {
            return lines;
        }
        line[..length].make_ascii_uppercase();
        drain(output, &line[..length]).await;
        put(output, b'\n').await;
        lines += 1;
    }
}

fn main() {
    run(serve(0, 1));
}
