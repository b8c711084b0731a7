using Orleans.Serialization.Cloning;
using Presence.Model.Accounts;
using Presence.Model.Finding;
using Presence.Model.Groups;
using Presence.Model.Invitations;
using Presence.Model.Messages;
using Presence.Model.Properties;
using Presence.Model.Replies;
using Presence.Model.Subscriptions;

namespace Presence.Contracts.Serialization;

// Values of the model never change, so a call within one process hands them over as they are. Without these Orleans would make
// a copy by way of the surrogate, and for a list one of each of its elements.

[RegisterCopier]
internal sealed class SubscriptionCopier : ShallowCopier<Subscription>;

[RegisterCopier]
internal sealed class PropertyCopier : ShallowCopier<Property>;

[RegisterCopier]
internal sealed class PropertyValueCopier : ShallowCopier<PropertyValue>;

[RegisterCopier]
internal sealed class PropertyChangeCopier : ShallowCopier<PropertyChange>;

[RegisterCopier]
internal sealed class PropertyDeltaCopier : ShallowCopier<PropertyDelta>;

[RegisterCopier]
internal sealed class InstantMessageCopier : ShallowCopier<InstantMessage>;

[RegisterCopier]
internal sealed class ReceiptCopier : ShallowCopier<Receipt>;

[RegisterCopier]
internal sealed class InvitationCopier : ShallowCopier<Invitation>;

[RegisterCopier]
internal sealed class RefusalCopier : ShallowCopier<Refusal>;

[RegisterCopier]
internal sealed class ScramVerifierCopier : ShallowCopier<ScramVerifier>;

[RegisterCopier]
internal sealed class GroupPolicyCopier : ShallowCopier<GroupPolicy>;

[RegisterCopier]
internal sealed class ListingCopier : ShallowCopier<Listing>;
