/**
 * Loaded into a process of the platform before its own code: when the launcher is gone, even killed, the process
 * ends by itself in its own orderly way.
 */
const longestGraceSeconds = 40;

if (process.channel) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), longestGraceSeconds * 1000).unref();
  });
  process.channel.unref();
}
