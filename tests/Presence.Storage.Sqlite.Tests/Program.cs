using Presence.Storage.Sqlite.Tests;
using Xunit.Runner.InProc.SystemConsole;

return args is [AcknowledgingChild.Verb, var path]
    ? await AcknowledgingChild.Run(path)
    : await ConsoleRunner.Run(args);
