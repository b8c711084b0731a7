namespace Presence.Protocol.Bodies;

/// <summary>Why a line-oriented body is refused; the connection lives.</summary>
/// <param name="Code">400, or 431 for too many items or too many parameters in one.</param>
/// <param name="Reason"><c>bad-request</c> or <c>too-many</c>.</param>
/// <param name="Line">The line at fault, counted from 1.</param>
/// <param name="Param">Name of the parameter at fault, if one is.</param>
public readonly record struct LineBodyFault(int Code, string Reason, int Line, string? Param = null);
