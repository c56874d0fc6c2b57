// The message that every bot sends, and how a sender reports: as common.py.
exports.API = process.env.BENCH_API;
exports.TOKEN = process.env.BENCH_TOKEN;
exports.TEXT = process.env.BENCH_TEXT;
exports.markup = () => ({
  inline_keyboard: [
    [{ text: "Programme", callback_data: "m1:p" }, { text: "Documents", callback_data: "m1:d" }],
    [{ text: "Register", callback_data: "m1:r" }, { text: "Back", callback_data: "m1:b" }],
  ],
});
exports.runSenders = async (send) => {
  const [total, atOnce] = process.argv.slice(2).map(Number);
  const run = async (count) => {
    let next = 0;
    const worker = async () => {
      while (next < count) await send(100000 + next++);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
  await run(Math.min(10000, total));
  const cpu = process.cpuUsage();
  const began = performance.now();
  await run(total);
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  console.log(JSON.stringify({ messages: total, seconds, cpu: (used.user + used.system) / 1e6 }));
  process.exit(0);
};
