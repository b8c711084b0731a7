# Built from the top of the checkout: docker build -f deploy/docker/gateway.Dockerfile -t presence-gateway .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish gateway/Presence.Gateway.csproj -c Release -o /app

# "extra" carries ICU and time zones: without ICU the process refuses to start, for addresses could not be compared.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    DOTNET_gcServer=1 \
    Presence__Data=/data
USER $APP_UID
ENTRYPOINT ["dotnet", "Presence.Gateway.dll"]
