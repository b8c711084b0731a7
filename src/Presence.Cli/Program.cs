using System.Text;
using Presence.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await PresenceCommandLine.Run(args, Surroundings.OfProcess());
