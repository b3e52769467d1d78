using Hearth.Silo;
using Hearth.Silo.Hosting;
using Hearth.Silo.Operating;
using Hearth.Storage;
using Hearth.Storage.Redis;
using Microsoft.AspNetCore.Builder;

if (args is [HealthProbe.Argument, var address])
{
    return await HealthProbe.Run(address);
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddStartMessages();
builder.AddSiloHosting();
builder.AddStorage();
builder.AddHearthSilo();
builder.Services.AddMonitoring();
builder.AddTelemetryExport();

var app = builder.Build();
app.MapHealth();
app.MapPrometheusScrapingEndpoint();
return await app.RunHearth(beforeStart: services => services.UntilRedisAnswers());
