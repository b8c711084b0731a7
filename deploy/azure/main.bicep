// What the manifests of deploy/kubernetes need on Azure: a cluster, a registry, a storage account that silos and gateways
// reach by a managed identity, and the DNS zone by which clients and other domains find the service.
targetScope = 'resourceGroup'

@description('Where everything is.')
param location string = resourceGroup().location

@description('Begins the names of all resources: 3 to 12 lower-case letters and digits.')
@minLength(3)
@maxLength(12)
param name string = 'presence'

@description('The domain served, such as chat.example.org.')
param domain string

@description('Public address of the service presence-pips; empty until it is known, then deploy again.')
param address string = ''

@description('Machines of the cluster.')
@minValue(2)
@maxValue(50)
param nodes int = 3

var unique = uniqueString(resourceGroup().id)
var namespaceOfPods = 'presence'
var accounts = ['presence-silo', 'presence-gateway']
var tableContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
var blobContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
var pull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-pods'
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take(toLower('${name}${unique}'), 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
  properties: {
    // The backup: what was overwritten or deleted can be restored for two weeks.
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: 14 }
  }
}

resource tableAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, tableContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: tableContributor
  }
}

resource blobAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, blobContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: blobContributor
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: toLower('${name}${unique}')
  location: location
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: name
    oidcIssuerProfile: { enabled: true }
    securityProfile: { workloadIdentity: { enabled: true } }
    networkProfile: { networkPlugin: 'azure', networkPolicy: 'cilium', networkDataplane: 'cilium', networkPluginMode: 'overlay' }
    agentPoolProfiles: [
      {
        name: 'main'
        mode: 'System'
        count: nodes
        vmSize: 'Standard_D4s_v5'
        availabilityZones: ['1', '2', '3']
      }
    ]
  }
}

resource imagePull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, cluster.id, pull)
  scope: registry
  properties: {
    principalId: cluster.properties.identityProfile.kubeletidentity.objectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: pull
  }
}

// One at a time: the identity does not take two changes at once.
@batchSize(1)
resource trust 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = [
  for account in accounts: {
    parent: identity
    name: account
    properties: {
      issuer: cluster.properties.oidcIssuerProfile.issuerURL
      subject: 'system:serviceaccount:${namespaceOfPods}:${account}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
]

resource zone 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: domain
  location: 'global'
}

resource host 'Microsoft.Network/dnsZones/A@2018-05-01' = if (!empty(address)) {
  parent: zone
  name: 'gateway'
  properties: {
    TTL: 300
    ARecords: [{ ipv4Address: address }]
  }
}

resource service 'Microsoft.Network/dnsZones/SRV@2018-05-01' = [
  for record in ['_pips-client._tcp', '_pips-server._tcp']: {
    parent: zone
    name: record
    properties: {
      TTL: 300
      SRVRecords: [{ priority: 10, weight: 100, port: 7750, target: 'gateway.${domain}' }]
    }
  }
]

@description('Presence__Cluster__AzureAccount')
output storageAccount string = storage.name

@description('Annotation azure.workload.identity/client-id of the service accounts')
output identityClientId string = identity.properties.clientId

output registry string = registry.properties.loginServer
output cluster string = cluster.name
