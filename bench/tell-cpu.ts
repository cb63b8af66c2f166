// Loaded into a process that a benchmark started: whenever asked it tells the processor time it has taken.
process.on('message', (message) => {
  if (message === 'cpu') process.send!({ cpu: process.cpuUsage() });
});
process.channel?.unref(); // Being asked now and then is no reason to live on.
