import './tell-cpu';

// Loaded into the product before its own code: when the benchmark that started it is gone, it is told to stop.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
